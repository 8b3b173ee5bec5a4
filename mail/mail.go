// Package mail turns a letter into an RFC 5322 message: multipart text and HTML, the right direction for every string, and the
// headers with which a reader can stop it (RFC 2369, RFC 8058). The same letter gives the same bytes, so that a message can be
// composed once and frozen. It sends nothing, and it has no words of its own: all that a person reads comes in the [Letter].
package mail

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	netmail "net/mail"
	"strings"
	"time"
	"unicode"

	"marsad/text"

	gomail "github.com/wneessen/go-mail"
	"golang.org/x/net/idna"
)

// Letter is everything that a message says, in the reader's language but for the news itself. Strings are plain text of any origin:
// none is trusted.
type Letter struct {
	ID       string // of the notice: makes the Message-ID
	Domain   string // right side of Message-ID and List-ID
	From     netmail.Address
	To       string // the bare address
	Date     time.Time
	Lang     string // of the words around the news, BCP 47
	Subject  string
	Masthead string // whose letter it is, above everything
	When     string // beside it: of which day
	Kicker   string // the line above the headline: what kind of news this is
	Urgent   bool   // it breaks
	Headline string
	Link     string // the desk's own page on the story
	LinkText string
	Summary  []string // at most a few sentences, in the news' own language
	By       []Fact   // By[i], where it says something, is whose the sentences down to Summary[i] are
	Items    []Fact   // of a list: headlines as Value, each with its own link
	Facts    []Fact
	Why      string // why the reader gets this
	Stop     string // words of the link that stops it
	StopLink string // page with the button; its address takes the one-click POST
	StopMail string // address that a mail to stops it too, "" for none; only beside a StopLink
	Action   string // for a letter that asks for something: words of the link Link; "" otherwise
	ListID   string // of the watch, letters and digits; "" for none
	Thread   string // id of the story: letters of one story stand together
	Notice   string // a line at the very end: who sends this
	Imprint  string // and their postal address, where the letter goes to the public
	More     []Link // what else the reader can do about these letters
	Feedback string // what kind of mail this is, for the complaints that a mailbox provider counts (Feedback-ID)

	dated string // in place of Date, while what copies have in common is written
}

// Link is an address with the words on it.
type Link struct{ Words, URL string }

// Fact is a labelled line: first reported by, independent sources, denied by. More and When stand behind Value, each isolated: an outlet's
// name in one script must not turn the date beside it. Link is where it can be read, "" for nowhere.
type Fact struct{ Label, Value, More, When, Link string }

// Compose gives the message with CRLF line ends. Control characters in a string become spaces; an address that is none is an
// error.
func Compose(l Letter) ([]byte, error) {
	l = l.clean()
	plain, rich, err := l.own()
	if err != nil {
		return nil, err
	}
	return l.compose(plain, rich)
}

// compose gives the message of a clean letter, with what is the reader's own in both parts.
func (l Letter) compose(ownPlain, ownRich string) ([]byte, error) {
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithEncoding(gomail.EncodingQP), gomail.WithBoundary("marsad-"+token(l.ID)))
	to, err := Envelope(l.To)
	if err != nil {
		return nil, err
	}
	if l.From.Address != "" {
		if l.From.Address, err = Envelope(l.From.Address); err != nil {
			return nil, err
		}
	}
	if a, err := Envelope("x@" + l.Domain); err == nil { // a name in any script stands in ASCII in identifiers
		l.Domain = a[2:]
	}
	m.FromMailAddress(&l.From)
	m.ToMailAddress(&netmail.Address{Address: to})
	m.Subject(l.Subject)
	m.SetGenHeader(gomail.HeaderDate, cmp.Or(l.dated, dated(l.Date)))
	m.SetMessageIDWithValue(token(l.ID) + "@" + l.Domain)
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetGenHeader("X-Auto-Response-Suppress", "OOF, AutoReply") // Exchange reads no Auto-Submitted
	if l.Thread != "" {
		m.SetGenHeader("References", "<story-"+token(l.Thread)+"@"+l.Domain+">")
	}
	if l.Feedback != "" {
		m.SetGenHeader("Feedback-ID", feedback(l.Feedback)+":marsad:"+senderID(l.Domain))
	}
	if l.ListID != "" {
		m.SetGenHeader("Precedence", "list")
		m.SetGenHeader("List-ID", "<"+token(l.ListID)+"."+l.Domain+">")
		m.SetGenHeader("List-Post", "NO") // nobody writes to it (RFC 2369)
	}
	if l.StopLink != "" {
		// Preformatted, so that a long address is neither folded nor encoded. Only one may be: their order is a map's.
		m.SetGenHeaderPreformatted("List-Unsubscribe", "<"+l.stops()+">")
		m.SetGenHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
	}
	plain, rich, err := l.bodies(ownPlain, ownRich)
	if err != nil {
		return nil, err
	}
	m.SetBodyString(gomail.TypeTextPlain, plain)
	m.AddAlternativeString(gomail.TypeTextHTML, rich)
	var b bytes.Buffer
	if _, err := m.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("mail: compose: %w", err)
	}
	return b.Bytes(), nil
}

// dated gives a moment as the field Date has it.
func dated(t time.Time) string { return t.Format(time.RFC1123Z) }

// stops gives what stands between the first < and the last > of List-Unsubscribe: the page and, for mail programs that do not post, a mail
// (RFC 2369, RFC 8058).
func (l Letter) stops() string {
	s := headerURL(l.StopLink)
	if to := headerURL(l.StopMail); to != "" {
		s += ">,\r\n <mailto:" + to + "?subject=unsubscribe"
	}
	return s
}

// clean makes every string one line without controls, so that none can end a header or turn the direction of what follows it.
func (l Letter) clean() Letter {
	for s, most := range map[*string]int{&l.Subject: 250, &l.Headline: 500, &l.Imprint: 1000, &l.From.Name: 100, &l.Masthead: 100} {
		*s = clip(line(*s), most)
	}
	for _, s := range []*string{&l.When, &l.Kicker, &l.LinkText, &l.Why, &l.Action, &l.Notice} {
		*s = phrase(*s)
	}
	l = l.cleanOwn()
	l.Summary = append([]string{}, l.Summary...)
	for i := range l.Summary {
		l.Summary[i] = line(l.Summary[i])
	}
	l.Facts, l.Items, l.By = cleanFacts(l.Facts), cleanFacts(l.Items), cleanFacts(l.By)
	return l
}

func cleanFacts(fs []Fact) []Fact {
	out := make([]Fact, len(fs))
	for i, f := range fs {
		out[i] = Fact{phrase(f.Label), line(f.Value), line(f.More), line(f.When), headerURL(f.Link)}
	}
	return out
}

// cleanOwn does the same for what is the reader's own.
func (l Letter) cleanOwn() Letter {
	l.Stop = phrase(l.Stop)
	l.More = append([]Link{}, l.More...)
	for i, m := range l.More {
		l.More[i] = Link{phrase(m.Words), headerURL(m.URL)}
	}
	return l
}

// clip keeps somebody's headline of a page's length from filling the letter, or a header that servers refuse.
func clip(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return strings.TrimSpace(string(r[:most-1])) + "…"
	}
	return s
}

// phrase makes one line of words that hold isolated values, and keeps the isolates where each that is opened is closed.
func phrase(s string) string {
	open := 0
	for _, r := range s {
		switch {
		case r >= 0x2066 && r <= 0x2068:
			open++
		case r == 0x2069:
			if open--; open < 0 {
				return line(s)
			}
		}
	}
	if open != 0 {
		return line(s)
	}
	return cleaned(s, func(r rune) bool { return hidden(r) && (r < 0x2066 || r > 0x2069) })
}

// line makes one line without controls and without characters that turn its direction: the letter sets its own isolates.
func line(s string) string { return cleaned(s, hidden) }

func cleaned(s string, hidden func(rune) bool) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case hidden(r):
			return -1
		case unicode.IsControl(r), r == '\u2028', r == '\u2029', r == unicode.ReplacementChar:
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, " "))
	return strings.Join(strings.Fields(s), " ")
}

// Envelope gives an address as mail servers take it: its domain in ASCII (RFC 5890). A local part beyond ASCII stays as it is and needs
// a server that speaks SMTPUTF8. What is no plain address is an error.
func Envelope(address string) (string, error) {
	a, err := netmail.ParseAddress(address)
	if err != nil {
		return "", fmt.Errorf("mail: %q is no address: %w", address, err)
	}
	at := strings.LastIndexByte(a.Address, '@')
	local, domain := a.Address[:at], a.Address[at+1:]
	if strings.ContainsFunc(local, func(r rune) bool {
		return unicode.IsControl(r) || unicode.IsSpace(r) || strings.ContainsRune("\"<>()\\", r) || hidden(r)
	}) {
		return "", fmt.Errorf("mail: %q is no plain address", address)
	}
	if !strings.HasPrefix(domain, "[") {
		if domain, err = idna.Lookup.ToASCII(domain); err != nil {
			return "", fmt.Errorf("mail: %q has no domain: %w", address, err)
		}
	}
	return local + "@" + domain, nil
}

// hidden tells whether a character turns the direction of what follows it and is not seen itself.
func hidden(r rune) bool {
	return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x200E || r == 0x200F || r == 0x061C
}

// feedback keeps what can stand in a Feedback-ID: letters, digits, - and at most two colons.
func feedback(s string) string {
	parts := strings.SplitN(s, ":", 3)
	for i := range parts {
		parts[i] = token(parts[i])
	}
	return strings.Join(parts[:min(len(parts), 2)], ":")
}

// senderID gives what a Feedback-ID ends with: 5 to 15 letters, always the same for a domain.
func senderID(domain string) string {
	s := token(domain)
	if len(s) >= 5 && len(s) <= 15 {
		return s
	}
	sum := sha256.Sum256([]byte(domain))
	return s[:min(len(s), 7)] + "-" + hex.EncodeToString(sum[:3])
}

// token keeps letters, digits and - of an identifier, as many as fit into a line with others.
func token(s string) string {
	const most = 200
	s = strings.Map(func(r rune) rune {
		if r < 128 && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-') {
			return r
		}
		return -1
	}, s)
	return s[:min(len(s), most)]
}

// headerURL keeps what can stand between < and > of a header.
func headerURL(s string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r >= 127 || r == '<' || r == '>' {
			return -1
		}
		return r
	}, s)
}

// isolate puts a string of unknown direction between FSI and PDI, so that it cannot reorder the line around it.
func isolate(s string) string { return "\u2068" + s + "\u2069" }

func dir(s string) string { return text.Dir(s) }

package mail_test

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"marsad/mail"
)

func letter() mail.Letter {
	return mail.Letter{
		ID: "ab12", Domain: "desk.example", From: netmail.Address{Name: "Marsad", Address: "desk@desk.example"}, To: "lina@reader.example",
		Date: time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC), Lang: "ar", Subject: "عاجل: افتتاح الميناء", Kicker: "عاجل", Headline: "Harbour of Porto opens",
		Link: "https://desk.example/stories/3", LinkText: "القصة كاملة", Summary: []string{"The first ship came in at dawn."},
		Facts: []mail.Fact{{Label: "أول من نشر", Value: "Harbour Post", More: "الثلاثاء 3 مارس"}}, Why: "لأنك تتابع: الموانئ", Stop: "إيقاف هذه الرسائل",
		StopLink: "https://desk.example/unsubscribe/tok", ListID: "watch-1", Thread: "3",
	}
}

func ExampleCompose() {
	raw, err := mail.Compose(letter())
	m, _ := netmail.ReadMessage(bytes.NewReader(raw))
	fmt.Println(err, m.Header.Get("List-Unsubscribe-Post"), m.Header.Get("Message-Id"))
	// Output: <nil> List-Unsubscribe=One-Click <ab12@desk.example>
}

// parts gives the decoded bodies of a composed message.
func parts(t *testing.T, raw []byte) (m *netmail.Message, bodies []string) {
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	for r := multipart.NewReader(m.Body, params["boundary"]); ; {
		p, err := r.NextRawPart()
		if err == io.EOF {
			return m, bodies
		}
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			t.Fatal(err)
		}
		bodies = append(bodies, string(b))
	}
}

func TestTheSameLetterGivesTheSameBytes(t *testing.T) {
	a, err := mail.Compose(letter())
	b, _ := mail.Compose(letter())
	if err != nil || !bytes.Equal(a, b) {
		t.Fatal("two compositions differ", err)
	}
}

func TestDirections(t *testing.T) {
	raw, err := mail.Compose(letter())
	if err != nil {
		t.Fatal(err)
	}
	m, bodies := parts(t, raw)
	if len(bodies) != 2 {
		t.Fatalf("%d parts", len(bodies))
	}
	if !strings.Contains(bodies[0], "\r\nHarbour of Porto opens\r\n") || !strings.Contains(bodies[0], ": \u2068Harbour Post\u2069 · \u2068") {
		t.Errorf("the text part:\n%s", bodies[0])
	}
	for _, want := range []string{`<body dir="rtl"`, `<a dir="ltr" href="https://desk.example/stories/3"`, `>Harbour Post</bdi> · <bdi style="display:inline-block">الثلاثاء 3 مارس</bdi>`} {
		if !strings.Contains(bodies[1], want) {
			t.Errorf("HTML part lacks %s", want)
		}
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != "عاجل: افتتاح الميناء" {
		t.Error(subject, err)
	}
}

func TestNoStringEscapesItsPlace(t *testing.T) {
	l := letter()
	evil := "x\r\nBcc: all@reader.example\r\n\r\n<script>alert(1)</script>\u202e\"'\x00"
	l.Subject, l.Headline, l.Kicker, l.Why, l.From.Name, l.ListID, l.Thread, l.ID = evil, evil, evil, evil, evil, evil, evil, evil
	l.Summary, l.Facts = []string{evil}, []mail.Fact{{Label: evil, Value: evil, More: evil}}
	l.StopLink = "https://desk.example/u>\r\nBcc: all@reader.example"
	raw, err := mail.Compose(l)
	if err != nil {
		t.Fatal(err)
	}
	m, bodies := parts(t, raw)
	if m.Header.Get("Bcc") != "" || len(m.Header["To"]) != 1 {
		t.Errorf("a header was smuggled in: %v", m.Header)
	}
	if strings.Contains(bodies[1], "<script") {
		t.Error("markup was smuggled in")
	}
	if strings.Contains(bodies[0], "\u202e") {
		t.Error("a direction override was let through")
	}
	for _, n := range bytes.Split(raw, []byte("\r\n")) {
		if bytes.ContainsAny(n, "\r\n") || len(n) > 998 {
			t.Errorf("bad line %q", n)
		}
	}
}

// TestTwoWaysOut names the page first and the mail behind it, as one field (RFC 8058 asks for the page).
func TestTwoWaysOut(t *testing.T) {
	l := letter()
	l.StopMail = "bounces+0a1@desk.example"
	raw, err := mail.Compose(l)
	if err != nil {
		t.Fatal(err)
	}
	m, _ := parts(t, raw)
	if got := m.Header.Get("List-Unsubscribe"); got != "<https://desk.example/unsubscribe/tok>, <mailto:bounces+0a1@desk.example?subject=unsubscribe>" {
		t.Error(got)
	}
	l.StopMail = "x>\r\nBcc: all@reader.example"
	if raw, err = mail.Compose(l); err != nil || strings.Contains(string(raw), "\nBcc:") {
		t.Errorf("%v %s", err, raw)
	}
}

// TestIsolatesStayWhereTheyClose keeps the direction of a watch's name from turning the sentence around it, and lets none run on.
func TestIsolatesStayWhereTheyClose(t *testing.T) {
	for why, want := range map[string]string{
		"You get this because of \u2067الموانئ\u2069.":     "You get this because of \u2067الموانئ\u2069.",
		"an isolate that \u2067is left open":               "an isolate that is left open",
		"one that \u2069 closes first \u2067":              "one that closes first",
		"an override \u202e within \u2068an isolate\u2069": "an override within \u2068an isolate\u2069",
	} {
		l := letter()
		l.Why, l.Headline = why, "a headline \u2067of theirs\u2069"
		raw, err := mail.Compose(l)
		if err != nil {
			t.Fatal(err)
		}
		for _, body := range second(parts(t, raw)) {
			if !strings.Contains(body, want) {
				t.Errorf("%q is not in %s", want, body)
			}
			if strings.Contains(body, "\u2067of theirs") {
				t.Error("a headline turns its own direction")
			}
		}
	}
}

// TestALineAloneHasItsDirection finds of each line that is one string of any script its direction by its first strong character, as
// programs that show plain text do.
func TestALineAloneHasItsDirection(t *testing.T) {
	for headline, want := range map[string]string{
		"افتتاح الميناء": "\u200fافتتاح الميناء", "NATO تعلن عن قمة جديدة في بروكسل": "\u200fNATO تعلن عن قمة جديدة في بروكسل", "Harbour opens": "Harbour opens", "Порт открыт": "Порт открыт",
		"قمة is the word for a summit of heads of state": "\u200eقمة is the word for a summit of heads of state",
	} {
		l := letter()
		l.Headline = headline
		raw, err := mail.Compose(l)
		if err != nil {
			t.Fatal(err)
		}
		if _, bodies := parts(t, raw); !strings.Contains(bodies[0], "\r\n"+want+"\r\n") {
			t.Errorf("%q reads\n%q", headline, bodies[0])
		}
	}
}

// TestRedIsForWhatBreaks marks urgent letters alone.
func TestRedIsForWhatBreaks(t *testing.T) {
	for _, urgent := range []bool{true, false} {
		l := letter()
		l.Urgent = urgent
		raw, err := mail.Compose(l)
		if err != nil {
			t.Fatal(err)
		}
		if _, bodies := parts(t, raw); strings.Contains(bodies[1], "#b3261e") != urgent {
			t.Errorf("urgent %v:\n%s", urgent, bodies[1])
		}
	}
}

func second[A, B any](_ A, b B) B { return b }

func TestBadAddress(t *testing.T) {
	for _, to := range []string{"", "x", "a@b\r\nRCPT TO:<c@d>", "a b@c", "\"a> b\"@c.example", "a\u202eb@c.example", "a@-.example"} {
		l := letter()
		l.To = to
		if _, err := mail.Compose(l); err == nil {
			t.Errorf("%q was taken", to)
		}
	}
}

// TestBeyondASCII writes a domain of any script in ASCII, and a local part as it is.
func TestBeyondASCII(t *testing.T) {
	for to, want := range map[string]string{
		"lina@мир.example": "To: <lina@xn--h1ahn.example>", "لينا@موقع.example": "To: <لينا@xn--4gbrim.example>", "Lina@Reader.EXAMPLE": "To: <Lina@reader.example>",
	} {
		l := letter()
		l.To = to
		raw, err := mail.Compose(l)
		if err != nil || !strings.Contains(string(raw), want+"\r\n") {
			t.Errorf("%s: %v\n%.300s", to, err, raw)
		}
	}
}

// TestTheDesksOwnNameInAnyScript writes the sender's domain, and identifiers made of it, in ASCII: a server need not know more for it.
func TestTheDesksOwnNameInAnyScript(t *testing.T) {
	l := letter()
	l.From.Address, l.Domain = "desk@مرصد.example", "مرصد.example"
	raw, err := mail.Compose(l)
	if err != nil {
		t.Fatal(err)
	}
	if i := bytes.IndexFunc(raw, func(r rune) bool { return r >= 0x80 }); i >= 0 {
		t.Errorf("beyond ASCII: %q", raw[max(0, i-60):i+20])
	}
	m, _ := parts(t, raw)
	for _, name := range []string{"From", "Message-Id", "List-Id", "References"} {
		if got := m.Header.Get(name); !strings.Contains(got, "xn--ugbdm6d.example") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestAHeadlineOfAPage keeps what fills a page out of the header.
func TestAHeadlineOfAPage(t *testing.T) {
	l := letter()
	l.Subject = strings.Repeat("ميناء ", 3000)
	l.Headline, l.From.Name = l.Subject, l.Subject
	raw, err := mail.Compose(l)
	if err != nil {
		t.Fatal(err)
	}
	m, _ := parts(t, raw)
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if n := len([]rune(subject)); err != nil || n > 250 || n < 240 || !strings.HasSuffix(subject, "…") {
		t.Errorf("%d letters: %v", n, err)
	}
	header, _, _ := bytes.Cut(raw, []byte("\r\n\r\n"))
	for field := range bytes.Lines(header) {
		if len(field) > 100 {
			t.Errorf("a line of %d bytes: %s", len(field), field)
		}
	}
}

// TestFeedbackIDEndsAsProvidersAsk ends in 5 to 15 letters, however long the domain is, and in others for another domain.
func TestFeedbackIDEndsAsProvidersAsk(t *testing.T) {
	seen := map[string]bool{}
	for _, domain := range []string{"x.io", "desk.example", "alerts.a-newsroom-with-a-long-name.example", "alerts.a-newsroom-with-a-long-name.org", "localhost"} {
		l := letter()
		l.Domain, l.Feedback = domain, "breaking:ports"
		raw, err := mail.Compose(l)
		if err != nil {
			t.Fatal(err)
		}
		m, _ := parts(t, raw)
		id, ok := strings.CutPrefix(m.Header.Get("Feedback-ID"), "breaking:ports:marsad:")
		if !ok || len(id) < 5 || len(id) > 15 || seen[id] {
			t.Errorf("%s: %q", domain, m.Header.Get("Feedback-ID"))
		}
		seen[id] = true
	}
}

func TestWhatAPublicLetterCarries(t *testing.T) {
	l := letter()
	l.Feedback, l.Imprint, l.More = "breaking:ports:x:y\r\nBcc: a@b", "Harbour House, 1 Quay", []mail.Link{{Words: "Change", URL: "https://desk.example/p\r\n"}}
	raw, err := mail.Compose(l)
	if err != nil {
		t.Fatal(err)
	}
	m, bodies := parts(t, raw)
	if m.Header.Get("Feedback-ID") != "breaking:ports:marsad:deskexample" || m.Header.Get("Precedence") != "list" || m.Header.Get("Bcc") != "" {
		t.Error(m.Header)
	}
	for i, want := range []string{"Change\r\nhttps://desk.example/p\r\n", `<a href="https://desk.example/p" style="color:inherit">Change</a>`} {
		if !strings.Contains(bodies[i], want) || !strings.Contains(bodies[i], "Harbour House, 1 Quay") {
			t.Errorf("part %d lacks %q:\n%s", i, want, bodies[i])
		}
	}
}

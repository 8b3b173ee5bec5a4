package e2e

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	netmail "net/mail"
	"slices"
	"strings"
	"sync"
	"testing"

	"marsad/internal/letter"
	"marsad/internal/smtp"
	"marsad/internal/store"
	"marsad/mail"
	"marsad/news"
)

// tape is a mail server that takes everything and keeps the bytes of each line.
type tape struct {
	mu       sync.Mutex
	commands []string
	messages []string
}

func (p *tape) take(c net.Conn) {
	defer c.Close()
	say := func(s string) { _, _ = io.WriteString(c, s+"\r\n") }
	say("220 tape")
	var body strings.Builder
	data := false
	for r := bufio.NewReader(c); ; {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		p.mu.Lock()
		switch {
		case data && line == ".\r\n":
			data = false
			p.messages = append(p.messages, body.String())
			body.Reset()
			say("250 taken")
		case data:
			body.WriteString(strings.TrimPrefix(line, "."))
		default:
			p.commands = append(p.commands, line)
			if data = line == "DATA\r\n"; data {
				say("354 go on")
			} else {
				say("250 ok")
			}
		}
		p.mu.Unlock()
	}
}

// hostile are words of strangers that try to be more than words.
var hostile = []string{
	"x\r\nBcc: all@reader.example\r\n\r\nsmuggled", "x\r\n.\r\nMAIL FROM:<evil@d.example>\r\n", "\n.\n", "a\rb\nc", "<script>alert(1)</script>", "\"quoted\" \\ back", "=?utf-8?q?=0D=0ABcc:_x?=",
	"\u202eevil\u202c \u2067rtl\u2069 \u200f", "x\u2028y\u2029z", "\x00\x07\x1b[31m", strings.Repeat("long ", 400), strings.Repeat("لا", 600), "bad \xff\xfe utf8", ".", "..", "<a@b>", ",;:", "ünïcödé 漢字 🚢",
}

// TestHostileWordsOnTheWire puts strangers' words wherever a letter has room for them, sends it, and reads the wire: the commands are those
// of one delivery, the headers those of a letter, the lines end with CRLF and nothing else, and no character turns what stands beside it.
func TestHostileWordsOnTheWire(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	p := &tape{}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go p.take(c)
		}
	}()
	out := &smtp.Carrier{Account: smtp.Account{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, Security: "none", From: "desk@desk.example"}}
	defer out.Close()
	for i, evil := range hostile {
		d := letter.Desk{Base: "https://desk.example", Name: evil, From: netmail.Address{Name: evil, Address: "desk@desk.example"}, Token: func(string, int64) string { return "tok" }}
		a := letter.About{Notice: news.Notice{ID: fmt.Sprint("n", i), Recipient: 5, Story: 3, Kind: news.Denial, Fact: evil, Planned: evening, Due: evening}, Recipient: news.Recipient{ID: 5, Address: "lina@reader.example", Lang: []string{"ar", "en"}[i%2]},
			Watch: news.Watch{ID: 8, Name: evil}, Story: news.Story{ID: 3, Headline: evil, Articles: 2, Independent: 1, FirstAt: evening}, First: evil, Original: "https://d.example/" + evil,
			Entry: store.Entry{Article: news.Article{ID: 1, Lang: "en", Text: evil + ". " + evil, Headline: evil, URL: "https://d.example/" + evil, Published: news.Stamp{Time: evening}}, Source: news.Source{Name: evil}}}
		a.Entry.Analysis.Claims = []news.Claim{{Span: news.Span{End: len(evil)}, Stance: news.Denies, Claimant: &news.Actor{Span: news.Span{End: len(evil)}}}}
		list := d.ForList(a, news.PublicList{Name: evil, Slug: evil, Imprint: evil}, "ar")
		for _, m := range []mail.Letter{d.For(a), d.Personal(list, a.Notice, a.Recipient, letter.Links{Leave: "https://desk.example/l/tok", Prefs: "https://desk.example/p/" + evil})} {
			raw, err := mail.Compose(m)
			if err != nil {
				t.Errorf("%q: %v", evil, err)
				continue
			}
			if _, err := out.Send(context.Background(), "lina@reader.example", raw); err != nil {
				t.Errorf("%q: %v", evil, err)
			}
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.messages) != 2*len(hostile) {
		t.Errorf("%d messages arrived", len(p.messages))
	}
	for _, c := range p.commands {
		if verb, _, _ := strings.Cut(strings.TrimSuffix(c, "\r\n"), " "); !slices.Contains([]string{"EHLO", "DATA", "RSET", "NOOP", "QUIT"}, verb) && c != "MAIL FROM:<desk@desk.example>\r\n" && c != "RCPT TO:<lina@reader.example>\r\n" {
			t.Errorf("a command: %q", c)
		}
	}
	known := strings.Fields("Date From To Subject Message-Id Message-ID Mime-Version MIME-Version Auto-Submitted References Feedback-Id Feedback-ID Precedence X-Auto-Response-Suppress List-Post List-Id List-ID List-Unsubscribe List-Unsubscribe-Post Content-Type Content-Transfer-Encoding")
	for _, m := range p.messages {
		for _, line := range strings.SplitAfter(m, "\r\n") {
			if rest := strings.TrimSuffix(line, "\r\n"); strings.ContainsAny(rest, "\r\n\x00") || len(rest) > 998 {
				t.Errorf("a line: %q", line)
			}
		}
		parsed, err := netmail.ReadMessage(strings.NewReader(m))
		must(t, err)
		for name, values := range parsed.Header {
			if !slices.Contains(known, name) || len(values) != 1 {
				t.Errorf("a header: %s %q", name, values)
			}
		}
		plain, rich := partsOf(t, []byte(m))
		for _, body := range []string{plain, rich} {
			if strings.ContainsAny(body, "\u202a\u202b\u202c\u202d\u202e") || strings.Count(body, "\u2069") != strings.Count(body, "\u2066")+strings.Count(body, "\u2067")+strings.Count(body, "\u2068") {
				t.Errorf("something turns what stands beside it: %+q", body)
			}
		}
		if strings.Contains(rich, "<script") {
			t.Errorf("markup: %s", rich)
		}
	}
}

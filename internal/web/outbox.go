package web

import (
	"bytes"
	"encoding/base64"
	"html/template"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/url"
	"strings"
	"time"

	"marsad/internal/auth"
	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
)

const outboxSize = 50

type outboxPage struct {
	Rows  []noticeRow
	Older string
	Mail  bool // a mail server is set up
	Held  int  // notices that were held for want of one
	Lists bool // there can be public lists
}

type noticeRow struct {
	store.OutboxRow
	Why template.HTML
}

// Confirmable tells whether the notice asks for consent that the desk itself may record: nothing could carry the question out.
func (r noticeRow) Confirmable() bool {
	return r.Delivery.Notice.Kind == news.Optin && r.Recipient.State == news.Unconfirmed && r.Delivery.State == news.Held &&
		r.Recipient.Carrier != news.SubscriberCarrier // nobody of the desk agrees for a stranger
}

// Next gives when another attempt is made, the zero time where none was made or none will be.
func (r noticeRow) Next() (next time.Time) {
	if d := r.Delivery; d.State == news.Waiting && d.Reply != "" {
		next = d.Next
	}
	return next
}

type noticePage struct {
	Row      noticeRow
	Letter   letter
	Notice   news.Notice
	HasBody  bool
	Release  string                     // address where a letter to a list is released
	Copies   map[news.DeliveryState]int // of a letter to a list
	Late     []store.OutboxRow          // copies that failed or wait for another attempt, some of them
	Dialogue string                     // with the mail server, of an attempt that failed
	By       *store.OutboxRow           // of what is told in another's letter: that one
	Also     []news.Notice              // what this one's letter tells besides
	Fate     template.HTML              // what the other side said, or why it was cancelled
}

func (s *site) outbox(v *visit) error {
	rows, err := s.outboxRows(v)
	if err != nil {
		return err
	}
	p := outboxPage{Mail: v.mailReady(), Lists: s.Lists != nil}
	if p.Mail && s.Desk.ReleaseHeld != nil {
		if p.Held, err = s.Store.Held(v.r.Context()); err != nil {
			return err
		}
	}
	for _, r := range rows {
		p.Rows = append(p.Rows, noticeRow{r, v.reasons(r.Delivery.Notice.Because)})
	}
	if len(rows) == outboxSize {
		last := rows[len(rows)-1].Delivery.Notice
		p.Older = "/outbox?" + url.Values{"before": {last.Planned.UTC().Format(time.RFC3339Nano)}, "id": {last.ID}}.Encode()
	}
	v.show("outbox", v.words.Text("outbox.title"), "outbox", p)
	return nil
}

// outboxRows gives a page of the outbox, the first where the address names no notice that it follows.
func (s *site) outboxRows(v *visit) ([]store.OutboxRow, error) {
	before, err := time.Parse(time.RFC3339Nano, v.query("before"))
	if id := v.query("id"); err == nil && id != "" {
		return s.Store.OutboxBehind(v.r.Context(), news.Notice{ID: id, Planned: before}, outboxSize)
	}
	return s.Store.Outbox(v.r.Context(), before, outboxSize) // an unreadable time is zero: now
}

// maySeeLetters tells whether a visitor may read whole messages: they hold links that act for their recipients, which on a desk with
// accounts are not every reader's business, and on one without are that of whoever set it up.
func (v *visit) maySeeLetters() error {
	if v.who.Role < auth.Editor && (v.who.Account != nil || !v.s.Demo) { // the demo's letters are invented, as are those they go to
		return fault.New(fault.Denied, "messages are for editors")
	}
	return nil
}

func (s *site) notice(v *visit) error {
	if err := v.maySeeLetters(); err != nil {
		return err
	}
	r, err := s.Store.Delivery(v.r.Context(), v.r.PathValue("id"))
	if err != nil {
		return err
	}
	p := noticePage{Row: noticeRow{r, v.reasons(r.Delivery.Notice.Because)}, Notice: r.Delivery.Notice, HasBody: len(r.Delivery.Message) > 0}
	reply, dialogue, _ := strings.Cut(r.Delivery.Reply, "\n")
	p.Letter, p.Fate, p.Dialogue = readLetter(r.Delivery.Message), v.cancelled(reply), dialogue
	if p.By, p.Also, err = s.together(v, r.Delivery); err != nil {
		return err
	}
	if s.Lists != nil && r.Recipient.Carrier == news.ListCarrier {
		if p.Copies, err = s.Lists.Store.Copies(v.r.Context(), p.Notice.ID); err != nil {
			return err
		}
		for _, state := range []news.DeliveryState{news.Failed, news.Waiting} {
			rows, err := s.Lists.Store.CopiesOf(v.r.Context(), p.Notice.ID, state, "", 20)
			if err != nil {
				return err
			}
			for _, row := range rows {
				row.Delivery.Reply, _, _ = strings.Cut(row.Delivery.Reply, "\n")
				p.Late = append(p.Late, row)
			}
		}
		if v.who.Role >= auth.Editor && r.Delivery.State == news.Held {
			p.Release = "/l/release/" + s.Lists.ReleaseLink(p.Notice.ID)
		}
	}
	v.show("notice", v.words.Text("notice.title"), "outbox", p)
	return nil
}

// together gives the notice whose letter tells this one, and what the letter of this one tells besides.
func (s *site) together(v *visit, d news.Delivery) (by *store.OutboxRow, also []news.Notice, err error) {
	if d.State == news.Told {
		row, err := s.Store.Delivery(v.r.Context(), d.Reply)
		if fault.Is(err, fault.NotFound) {
			return nil, nil, nil
		}
		return &row, nil, err
	}
	_, also, err = s.Store.Together(v.r.Context(), d.Notice, s.Now())
	return nil, also, err
}

// message gives the frozen message, byte for byte.
func (s *site) message(v *visit) error {
	if err := v.maySeeLetters(); err != nil {
		return err
	}
	r, err := s.Store.Delivery(v.r.Context(), v.r.PathValue("id"))
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Security-Policy", "sandbox; default-src 'none'")
	v.send("text/plain; charset=utf-8", r.Delivery.Message)
	return nil
}

// confirmNotice records the consent of the first recipient on the page itself, which is the way in while no mail server could carry the question.
func (s *site) confirmNotice(v *visit) error {
	r, err := s.Store.Delivery(v.r.Context(), v.r.PathValue("id"))
	if err != nil {
		return err
	}
	if !(noticeRow{OutboxRow: r}).Confirmable() {
		return fault.New(fault.Conflict, "this notice asks for nothing that can be confirmed here")
	}
	if err := v.setState(r.Recipient.ID, news.Confirmed, v.words.Text("optin.consent-desk")); err != nil {
		return err
	}
	return v.done("/outbox", "confirmed")
}

func (s *site) releaseNotice(v *visit) error {
	if s.Desk.Release == nil {
		return fault.New(fault.Invalid, "this desk releases nothing by hand")
	}
	if err := s.Desk.Release(v.r.Context(), v.r.PathValue("id")); err != nil {
		return err
	}
	return v.done("/outbox", "released")
}

func (v *visit) setState(id int64, to news.RecipientState, consent string) error {
	if err := v.s.Store.SetRecipientState(v.r.Context(), id, to, consent, v.s.Now()); err != nil {
		return err
	}
	return v.reload()
}

// letter is a message as a person reads it.
type letter struct {
	Headers []header
	Subject string
	Text    string
	HTML    bool // there is an HTML part too
	Other   string
}

type header struct{ Name, Value string }

var shownHeaders = []string{"From", "To", "Date", "Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Id", "Message-Id"}

// readLetter takes a message apart. What is no mail (a webhook's body) is shown as it is.
func readLetter(raw []byte) letter {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil || m.Header.Get("From") == "" {
		return letter{Other: string(raw)}
	}
	var l letter
	words := &mime.WordDecoder{}
	decode := func(s string) string {
		if d, err := words.DecodeHeader(s); err == nil {
			return d
		}
		return s
	}
	for _, name := range shownHeaders {
		if h := m.Header.Get(name); h != "" {
			l.Headers = append(l.Headers, header{name, decode(h)})
		}
	}
	l.Subject = decode(m.Header.Get("Subject"))
	l.part(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body, 0)
	return l
}

// part takes the first plain text that it finds, through at most four layers of multipart.
func (l *letter) part(contentType, encoding string, body io.Reader, depth int) {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") && depth < 4 {
		r := multipart.NewReader(body, params["boundary"])
		for n := 0; n < 20; n++ {
			p, err := r.NextRawPart()
			if err != nil {
				return
			}
			l.part(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p, depth+1)
		}
		return
	}
	switch strings.ToLower(encoding) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	switch {
	case kind == "text/html":
		l.HTML = true
	case kind == "text/plain" && l.Text == "":
		b, _ := io.ReadAll(io.LimitReader(body, 1<<20)) // a broken end still leaves a readable beginning
		l.Text = strings.ReplaceAll(string(b), "\r\n", "\n")
	}
}

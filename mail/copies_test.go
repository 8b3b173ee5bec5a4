package mail_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"marsad/mail"

	"pgregory.net/rapid"
)

func ExampleCopies() {
	first := letter()
	copies, _ := mail.NewCopies(first)
	second := first
	second.ID, second.To, second.StopLink = "cd34", "omar@reader.example", "https://desk.example/unsubscribe/his"
	message, err := copies.Compose(second)
	fmt.Println(err, bytes.Contains(message, []byte("To: <omar@reader.example>")), bytes.Contains(message, []byte("/tok")))
	// Output: <nil> true false
}

// TestCopiesAreComposed holds every copy to what composing the whole letter gives, byte for byte.
func TestCopiesAreComposed(t *testing.T) {
	words := rapid.SampledFrom([]string{"", "x", "Harbour opens", "افتتاح الميناء", "a=b", ".", "..", "\r\nBcc: x", "<b>", "--marsad-ab12", "\u2067", "https://a.example/?x=1&y=2", strings.Repeat("long ", 40), strings.Repeat("ميناء ", 40)})
	links := rapid.SampledFrom([]string{"https://desk.example/l/leave/tok", "https://desk.example/" + strings.Repeat("x", 150), "https://d.example/?a=1&b=%20"})
	rapid.Check(t, func(t *rapid.T) {
		l := letter()
		l.Headline, l.Subject, l.Kicker, l.Why, l.Notice, l.Imprint = words.Draw(t, "headline"), words.Draw(t, "subject"), words.Draw(t, "kicker"), words.Draw(t, "why"), words.Draw(t, "notice"), words.Draw(t, "imprint")
		l.Summary, l.Lang = []string{words.Draw(t, "summary")}, rapid.SampledFrom([]string{"ar", "en", "fa-IR"}).Draw(t, "lang")
		if rapid.Bool().Draw(t, "never stopped") {
			l.StopLink = ""
		}
		personal := func(l mail.Letter) mail.Letter {
			l.ID = rapid.StringMatching(`[0-9a-f]{32}`).Draw(t, "id")
			l.To = rapid.SampledFrom([]string{"lina@reader.example", "لينا@reader.example", "o.m-ar+x@موقع.example"}).Draw(t, "to")
			l.Date = time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "date"), 0).UTC()
			l.Stop = words.Draw(t, "stop")
			if l.StopLink != "" {
				l.StopLink = links.Draw(t, "stop link")
				l.StopMail = rapid.SampledFrom([]string{"", "bounces+x1@desk.example", "a>\r\nBcc: b@c.example"}).Draw(t, "stop mail")
			}
			l.More = nil
			for range rapid.IntRange(0, 2).Draw(t, "more") {
				l.More = append(l.More, mail.Link{Words: words.Draw(t, "words"), URL: links.Draw(t, "url")})
			}
			return l
		}
		copies, err := mail.NewCopies(personal(l))
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			one := personal(l)
			want, err := mail.Compose(one)
			if err != nil {
				t.Fatal(err)
			}
			got, err := copies.Compose(one)
			if err != nil || !bytes.Equal(got, want) {
				t.Fatalf("%v\n%s\n--- is not ---\n%s", err, got, want)
			}
		}
	})
}

func TestCopiesOfNoAddress(t *testing.T) {
	copies, err := mail.NewCopies(letter())
	if err != nil {
		t.Fatal(err)
	}
	l := letter()
	l.To = "a@b.example>\r\nRCPT TO:<c@d.example"
	if _, err := copies.Compose(l); err == nil {
		t.Error("an address that is none was taken")
	}
	l = letter()
	l.StopLink = ""
	if _, err := copies.Compose(l); err == nil {
		t.Error("a copy without a way out was made of letters with one")
	}
}

func BenchmarkCompose(b *testing.B) {
	l := letter()
	for b.Loop() {
		if _, err := mail.Compose(l); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCopies(b *testing.B) {
	l := letter()
	copies, err := mail.NewCopies(l)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := copies.Compose(l); err != nil {
			b.Fatal(err)
		}
	}
}

package bearer_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marsad/internal/bearer"
	"marsad/internal/fault"
)

func Example() {
	for _, way := range bearer.Ways("desk@desk.example", "tok", "mail.desk.example", 587) {
		name, first, _ := way.Start()
		fmt.Printf("%s %q\n", name, first)
	}
	// Output:
	// OAUTHBEARER "n,a=desk@desk.example,\x01host=mail.desk.example\x01port=587\x01auth=Bearer tok\x01\x01"
	// XOAUTH2 "user=desk@desk.example\x01auth=Bearer tok\x01\x01"
}

func TestToken(t *testing.T) {
	file := filepath.Join(t.TempDir(), "token")
	for content, want := range map[string]string{"tok\n": "tok", " ya29.A-b_c~/+== \r\n": "ya29.A-b_c~/+==", "": "", "\n": "", "two words": "", "a\x01auth=Bearer b": "", "tök": "", strings.Repeat("x", 20_000): ""} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := bearer.Token(file); got != want || (err != nil) != (want == "") || err != nil && (!fault.Is(err, fault.Denied) || !strings.Contains(err.Error(), file)) {
			t.Errorf("%.20q: %q %v", content, got, err)
		}
	}
	if _, err := bearer.Token(file + ".none"); !fault.Is(err, fault.Denied) {
		t.Error(err)
	}
}

// TestRefused gives the server's reason where it has one, as words and nothing else.
func TestRefused(t *testing.T) {
	for challenge, want := range map[string]string{`{"status":"invalid_token","scope":"mail"}`: "(invalid_token)", `{"status":"400","schemes":"bearer"}`: "(400)", "": "(no reason given)", "{": "(no reason given)",
		`{"status":"a\r\nb"}`: "(ab)", `{"status":"` + strings.Repeat("x", 99) + `"}`: "(no reason given)"} {
		for _, way := range bearer.Ways("u", "t", "h", 1) {
			if _, err := way.Next([]byte(challenge)); !fault.Is(err, fault.Denied) || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v", challenge, err)
			}
		}
	}
}

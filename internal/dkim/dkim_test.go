package dkim_test

import (
	"bytes"
	"errors"
	"fmt"
	netmail "net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"marsad/internal/dkim"
	"marsad/internal/fault"
	"marsad/mail"

	msgauth "github.com/emersion/go-msgauth/dkim"
	"pgregory.net/rapid"
)

func keys(t testing.TB) (dkim.Keys, *dkim.Signer, map[string]string) {
	t.Helper()
	k, err := dkim.Generate("Desk.example", "m1")
	if err != nil {
		t.Fatal(err)
	}
	s, err := k.Signer()
	if err != nil {
		t.Fatal(err)
	}
	rs, err := k.Records()
	if err != nil {
		t.Fatal(err)
	}
	zone := map[string]string{}
	for _, r := range rs {
		zone[r.Name] = r.Value
	}
	return k, s, zone
}

// letter is a real one, with words of two directions.
func letter(t testing.TB) []byte {
	t.Helper()
	m, err := mail.Compose(mail.Letter{ID: "ab12", Domain: "desk.example", From: netmail.Address{Name: "مرصد", Address: "desk@desk.example"}, To: "lina@reader.example",
		Date: time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC), Lang: "ar", Subject: "عاجل: افتتاح الميناء، وهذا عنوان طويل لا يسعه سطر واحد من سطور الرأس", Headline: "Harbour opens",
		Summary: []string{"The first ship came in at dawn. ", "."}, StopLink: "https://desk.example/l/leave/tok", Stop: "Stop", ListID: "ports", Feedback: "breaking:ports"})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func Example() {
	k, err := dkim.Generate("desk.example", "m1")
	records, _ := k.Records()
	fmt.Println(err, records[0].Name, records[1].Name)
	// Output: <nil> m1._domainkey.desk.example m1-ed._domainkey.desk.example
}

func verify(raw []byte, zone map[string]string) error {
	vs, err := msgauth.VerifyWithOptions(bytes.NewReader(raw), &msgauth.VerifyOptions{LookupTXT: func(n string) ([]string, error) { return []string{zone[n]}, nil }})
	if err != nil || len(vs) != 2 {
		return fmt.Errorf("%d signatures: %v", len(vs), err)
	}
	return errors.Join(vs[0].Err, vs[1].Err)
}

func TestBothSignaturesVerify(t *testing.T) {
	_, s, zone := keys(t)
	raw, err := s.Sign(letter(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := verify(raw, zone); err != nil {
		t.Error(err)
	}
	for name, forged := range map[string][]byte{
		"subject":   bytes.Replace(raw, []byte("\r\nSubject:"), []byte("\r\nSubject: x"), 1),
		"body":      bytes.Replace(raw, []byte("first ship"), []byte("last ship"), 1),
		"stop link": bytes.Replace(raw, []byte("l/leave/tok"), []byte("l/leave/tik"), 1),
		"new from":  append([]byte("From: evil@desk.example\r\n"), raw...),
		"new stop":  append([]byte("List-Unsubscribe: <https://evil.example>\r\n"), raw...),
	} {
		if verify(forged, zone) == nil {
			t.Errorf("%s: a changed message verifies", name)
		}
	}
}

// TestAnyMessageVerifies signs messages of odd spaces, folds and empty lines, and has another program's reading of the standard verify them.
func TestAnyMessageVerifies(t *testing.T) {
	_, s, zone := keys(t)
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.SampledFrom([]string{" ", "\t", "  ", "\r\n ", "\r\n\t", "x", "Y", "ا", ":", ";", "=", "."})
		text := rapid.SampledFrom([]string{" ", "\t", "\r\n", "\r\n\r\n", "x", "=", ".", "ا", "From: y"})
		var m strings.Builder
		for _, name := range rapid.SliceOfN(rapid.SampledFrom([]string{"To", "subject", "DATE ", "List-ID", "X-Other", "To", "Content-Type"}), 0, 8).Draw(t, "names") {
			m.WriteString(name + ":" + strings.Join(rapid.SliceOfN(piece, 0, 12).Draw(t, "value"), "") + "x\r\n")
		}
		m.WriteString("From: desk@desk.example\r\n\r\n" + strings.Join(rapid.SliceOfN(text, 0, 20).Draw(t, "body"), ""))
		raw, err := s.Sign([]byte(m.String()))
		if err != nil {
			t.Fatal(err)
		}
		if err := verify(raw, zone); err != nil {
			t.Fatalf("%v of\n%q", err, raw)
		}
		for line := range bytes.Lines(raw[:bytes.Index(raw, []byte("b="))]) {
			if len(line) > 200 {
				t.Fatalf("a line of %d bytes", len(line))
			}
		}
	})
}

// TestSecondVerifier has dkimpy, which shares no code with the signer, verify both signatures.
func TestSecondVerifier(t *testing.T) {
	const python = "/usr/bin/python3"
	if err := exec.Command(python, "-c", "import dkim").Run(); err != nil {
		t.Skip("needs dkimpy (Debian package python3-dkim)")
	}
	_, s, zone := keys(t)
	raw, err := s.Sign(letter(t))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "m")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	const ask = `
import dkim, sys
zone = dict(l.split("=", 1) for l in sys.argv[2:])
find = lambda n, timeout=5: zone[n.decode().rstrip(".")].encode()
m = open(sys.argv[1], "rb").read()
print(dkim.DKIM(m).verify(idx=0, dnsfunc=find))
try:
    import nacl
    print(dkim.DKIM(m).verify(idx=1, dnsfunc=find))
except ImportError:
    print("no Ed25519 here")
`
	args := []string{"-c", ask, file}
	for n, v := range zone {
		args = append(args, n+"="+v)
	}
	out, err := exec.Command(python, args...).CombinedOutput()
	if err != nil || !strings.HasPrefix(string(out), "True") || strings.Contains(string(out), "False") {
		t.Errorf("%v\n%s", err, out)
	}
	t.Logf("dkimpy: %s", bytes.ReplaceAll(bytes.TrimSpace(out), []byte("\n"), []byte(", ")))
}

func TestBadNames(t *testing.T) {
	for _, c := range [][2]string{{"", "m"}, {"desk.example", ""}, {"desk example.org", "m"}, {"d.example; p=", "m"}, {"localhost", "m"}} {
		if _, err := dkim.Generate(c[0], c[1]); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%v: %v", c, err)
		}
	}
	if _, err := (dkim.Keys{Domain: "d.example", Selector: "m", RSA: "AAAA", Ed25519: "x"}).Signer(); fault.KindOf(err) != fault.Invalid {
		t.Error(err)
	}
}

func BenchmarkSign(b *testing.B) {
	_, s, _ := keys(b)
	m := letter(b)
	for b.Loop() {
		if _, err := s.Sign(m); err != nil {
			b.Fatal(err)
		}
	}
}

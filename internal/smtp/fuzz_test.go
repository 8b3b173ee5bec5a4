package smtp

import (
	"bufio"
	"io"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzAnswer reads whatever a server may say: an error, or one line of bounded words with a code.
func FuzzAnswer(f *testing.F) {
	for _, s := range []string{"250 ok\r\n", "250-2.1.0 a\r\n250 2.1.0 b\r\n", "550 5.1.1\r\n", "250\n", "354 \x00\u202e\r\n", "250-a\r\n550 b\r\n", "5", "", "250 9.9.9 x\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		s := &session{in: bufio.NewReaderSize(strings.NewReader(in), maxLine), out: bufio.NewWriter(io.Discard)}
		a, err := s.expect(0)
		if err != nil {
			return
		}
		if a.Code < 200 || a.Code > 599 || strings.ContainsAny(a.Text, "\r\n\x00") || !utf8.ValidString(a.Text) || utf8.RuneCountInString(a.Text) > maxWords+1 {
			t.Fatalf("%q gave %+v", in, a)
		}
		if a.Enhanced[0] != 0 && a.Enhanced[0] != a.Code/100 {
			t.Fatalf("%q gave %+v", in, a)
		}
	})
}

package smtp

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"net"
	"strconv"
	"strings"

	"marsad/internal/fault"

	"github.com/emersion/go-sasl"
)

// session is a conversation with a mail server (RFC 5321). It is written here, not taken from a library, for what those that there are
// leave out: commands of one message in one write where the server permits it (RFC 2920), an answer for each of them all the same, and
// the words of both sides. Every line of the server's is bounded. It knows no time: whoever holds the connection ends it.
type session struct {
	conn net.Conn
	in   *bufio.Reader
	out  *bufio.Writer
	ext  map[string]string // what the server can do, by its name in capitals
	said []string          // of the message under way
}

const (
	maxLine   = 4096 // bytes of an answer's line; RFC 5321 has 512
	maxLines  = 100  // of an answer
	writeSize = 32 << 10
)

var (
	errNoTLS  = errors.New("the server offers no STARTTLS")
	errNoUTF8 = fault.New(fault.Invalid, "the mail server takes no address beyond ASCII (SMTPUTF8)")
	errNo8bit = fault.New(fault.Invalid, "the mail server takes no message beyond ASCII (8BITMIME)")
)

// open takes a connection on which the server is to speak first.
func open(conn net.Conn, helo string) (*session, error) {
	s := &session{}
	s.use(conn)
	if _, err := s.expect(2); err != nil {
		return s, err
	}
	return s, s.hello(helo)
}

func (s *session) use(conn net.Conn) {
	s.conn, s.in, s.out = conn, bufio.NewReaderSize(conn, maxLine), bufio.NewWriterSize(conn, writeSize)
}

// hello introduces the desk, and learns what the server can do. A server that knows no EHLO can do nothing.
func (s *session) hello(name string) error {
	lines, err := s.lines("EHLO "+name, 2)
	var answer *Answer
	if errors.As(err, &answer) && answer.Code >= 500 {
		s.ext = nil
		_, err = s.ask("HELO "+name, 2)
		return err
	}
	s.ext = map[string]string{}
	for _, l := range lines[min(1, len(lines)):] {
		word, rest, _ := strings.Cut(strings.TrimSpace(l), " ")
		s.ext[strings.ToUpper(word)] = strings.TrimSpace(rest)
	}
	return err
}

func (s *session) can(what string) bool {
	_, ok := s.ext[what]
	return ok
}

// startTLS goes on in secret. What the server said after it agreed is not believed: anybody on the way can have put it there.
func (s *session) startTLS(ctx context.Context, config *tls.Config, helo string) error {
	if !s.can("STARTTLS") {
		return errNoTLS
	}
	if _, err := s.ask("STARTTLS", 2); err != nil {
		return err
	}
	if s.in.Buffered() > 0 {
		return errors.New("the server spoke before its TLS began")
	}
	secret := tls.Client(s.conn, config)
	if err := secret.HandshakeContext(ctx); err != nil {
		return err
	}
	s.use(secret)
	return s.hello(helo)
}

func (s *session) secure() bool {
	_, is := s.conn.(*tls.Conn)
	return is
}

// signIn proves who we are, by the first of some ways that both sides know.
func (s *session) signIn(ways ...sasl.Client) error {
	offered := strings.Fields(strings.ToUpper(s.ext["AUTH"]))
	for name := range s.ext { // as some servers wrote it before there was a standard
		if way, ok := strings.CutPrefix(name, "AUTH="); ok {
			offered = append(offered, way)
		}
	}
	var ours []string
	for _, way := range ways {
		name, first, err := way.Start()
		if err != nil {
			return err
		}
		ours = append(ours, name)
		for _, o := range offered {
			if o == name {
				return s.auth(way, name, first)
			}
		}
	}
	return fault.New(fault.Denied, "the server offers other ways to sign in (%s) than this account has (%s)", tidy(strings.Join(offered, " ")), strings.Join(ours, " "))
}

func (s *session) auth(way sasl.Client, name string, first []byte) error {
	line := "AUTH " + name
	if first != nil {
		line += " " + base64.StdEncoding.EncodeToString(first)
	}
	for range 10 { // rounds; the known ways need three
		answer, err := s.ask(line, 0)
		if err != nil {
			return err
		}
		if answer.Code != 334 {
			return check(answer, 2)
		}
		challenge, err := base64.StdEncoding.DecodeString(strings.TrimSpace(answer.Text))
		if err != nil {
			return fault.New(fault.Denied, "the server asks what cannot be read")
		}
		reply, err := way.Next(challenge)
		if err != nil {
			return fault.New(fault.Denied, "%w", err)
		}
		line = base64.StdEncoding.EncodeToString(reply)
	}
	return fault.New(fault.Denied, "the server asks on and on")
}

// login is the way LOGIN, of which there is no standard: the server asks twice, in words of its own.
type login []string

func (*login) Start() (name string, first []byte, err error) { return "LOGIN", nil, nil }

func (l *login) Next([]byte) ([]byte, error) {
	if len(*l) == 0 {
		return nil, sasl.ErrUnexpectedServerChallenge
	}
	reply := (*l)[0]
	*l = (*l)[1:]
	return []byte(reply), nil
}

// ask sends one command and reads its answer, which has to be of a class; 0: of any.
func (s *session) ask(line string, class int) (*Answer, error) {
	if err := s.send(line); err != nil {
		return nil, err
	}
	return s.expect(class)
}

// lines is ask that gives the answer line by line.
func (s *session) lines(line string, class int) ([]string, error) {
	if err := s.send(line); err != nil {
		return nil, err
	}
	code, lines, err := s.read()
	if err == nil {
		err = check(answerOf(code, lines), class)
	}
	return lines, err
}

func (s *session) send(line string) error {
	_, err := s.out.WriteString(line + "\r\n")
	if err == nil {
		err = s.out.Flush()
	}
	return err
}

func (s *session) expect(class int) (*Answer, error) {
	code, lines, err := s.read()
	if err != nil {
		return nil, err
	}
	a := answerOf(code, lines)
	return a, check(a, class)
}

func check(a *Answer, class int) error {
	if class != 0 && a.Code/100 != class {
		return a
	}
	return nil
}

// read reads one answer of the server's, all its lines.
func (s *session) read() (code int, lines []string, err error) {
	for range maxLines {
		raw, err := s.in.ReadSlice('\n')
		if err != nil {
			return 0, nil, err
		}
		l := strings.TrimRight(string(raw), "\r\n")
		n, err := strconv.Atoi(l[:min(3, len(l))])
		if err != nil || n < 200 || n > 599 || len(l) > 3 && l[3] != ' ' && l[3] != '-' || code != 0 && n != code {
			return 0, nil, errors.New("the server says what is no SMTP")
		}
		code, lines = n, append(lines, l[min(4, len(l)):])
		if len(l) < 4 || l[3] == ' ' {
			return code, lines, nil
		}
	}
	return 0, nil, errors.New("the server's answer does not end")
}

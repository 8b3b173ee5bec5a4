package smtp

import (
	"bytes"
	"errors"
	"strconv"

	"marsad/internal/fault"
)

// deliver hands over one message: our address, theirs, and the message, whose final dot moves the responsibility. The first three
// commands go out in one write where the server announces PIPELINING; each has its answer all the same. usable tells whether the line
// can take another message.
func (s *session) deliver(from, to string, message []byte) (reply string, usable bool, err error) {
	s.said = s.said[:0]
	mail, err := s.sender(from, to, message)
	if err != nil {
		return "", true, wrap(Sender, err)
	}
	rcpt := "RCPT TO:<" + to + ">"
	if s.can("DSN") { // that it is late is the server's business, and a failure need not carry the message back (RFC 3461)
		mail, rcpt = mail+" RET=HDRS", rcpt+" NOTIFY=FAILURE"
	}
	usable, failed := s.envelope(mail, rcpt)
	if failed != nil {
		if usable {
			_, err := s.ask("RSET", 2)
			usable = err == nil
		}
		return "", usable, failed
	}
	if err := s.data(message); err != nil {
		return "", false, s.failure(Data, err)
	}
	answer, err := s.heard()
	if err == nil {
		err = check(answer, 2)
	}
	if err != nil {
		e := s.failure(Data, err)
		e.Lost = e.Code == 0 // it is all out, and nobody knows
		return "", !e.hungUp(), e
	}
	return answer.Error(), true, nil
}

// sender gives the command that begins a message, with what the server has to know of it.
func (s *session) sender(from, to string, message []byte) (string, error) {
	line := "MAIL FROM:<" + from + ">"
	beyond := !ascii([]byte(from)) || !ascii([]byte(to))
	if beyond && !s.can("SMTPUTF8") {
		return "", errNoUTF8
	}
	if !ascii(message) {
		if !s.can("8BITMIME") {
			return "", errNo8bit
		}
		line += " BODY=8BITMIME"
	}
	if beyond {
		line += " SMTPUTF8"
	}
	if s.can("SIZE") {
		if most, err := strconv.ParseInt(s.ext["SIZE"], 10, 64); err == nil && most > 0 && int64(len(message)) > most {
			return "", fault.New(fault.TooLarge, "the mail server takes no more than %d bytes", most)
		}
		line += " SIZE=" + strconv.Itoa(len(message))
	}
	return line, nil
}

// envelope names both sides and asks to begin. Where the server would take a message that nobody is to get, it gets an empty one: in a
// group there is no other way back (RFC 2920, 3.1).
func (s *session) envelope(mail, rcpt string) (usable bool, failed *Error) {
	commands := []struct {
		line  string
		stage Stage
		class int
	}{{mail, Sender, 2}, {rcpt, Envelope, 2}, {"DATA", Data, 3}}
	together := s.can("PIPELINING")
	for i, c := range commands {
		s.say(c.line)
		if together && i < len(commands)-1 {
			continue
		}
		stage := c.stage
		if together {
			stage = Sender
		}
		if err := s.out.Flush(); err != nil {
			return false, s.failure(stage, err)
		}
		if together {
			break
		}
		if failed = s.answered(c.stage, c.class); failed != nil {
			return !failed.hungUp(), failed
		}
	}
	if !together {
		return true, nil
	}
	for _, c := range commands {
		e := s.answered(c.stage, c.class)
		switch {
		case failed == nil:
			failed = e
		case c.stage == Data && e == nil: // it waits for a message without a recipient
			s.say(".")
			if s.out.Flush() != nil {
				return false, failed
			}
			if _, err := s.heard(); err != nil {
				return false, failed
			}
		}
		if e != nil && e.hungUp() {
			return false, failed
		}
	}
	return true, failed
}

// answered reads the answer to a command and gives what is wrong with it, nil for nothing.
func (s *session) answered(stage Stage, class int) *Error {
	a, err := s.heard()
	if err == nil {
		err = check(a, class)
	}
	if err == nil {
		return nil
	}
	return s.failure(stage, err)
}

// data writes the message with its dots doubled and the one that ends it. Line ends that are none (a bare CR or LF, with which one
// message could be made to look like two) become whole ones.
func (s *session) data(message []byte) error {
	for len(message) > 0 {
		end, next := len(message), len(message)
		if i := bytes.IndexAny(message, "\r\n"); i >= 0 {
			end, next = i, i+1
			if message[i] == '\r' && next < len(message) && message[next] == '\n' {
				next++
			}
		}
		if message[0] == '.' {
			s.out.WriteByte('.') // an error stays until Flush
		}
		s.out.Write(message[:end])
		s.out.WriteString("\r\n")
		message = message[next:]
	}
	s.out.WriteString(".\r\n")
	return s.out.Flush()
}

// maxSaid bounds a dialogue, in lines.
const maxSaid = 20

// say puts a command behind those that wait to be sent.
func (s *session) say(line string) {
	s.out.WriteString(line + "\r\n") // an error stays until Flush
	s.note("> " + line)
}

func (s *session) heard() (*Answer, error) {
	a, err := s.expect(0)
	if err == nil {
		s.note("< " + a.Error())
	}
	return a, err
}

func (s *session) note(line string) {
	if len(s.said) < maxSaid {
		s.said = append(s.said, line)
	}
}

// failure gives an error its stage and what was said until then.
func (s *session) failure(stage Stage, err error) *Error {
	var e *Error
	if !errors.As(err, &e) {
		e = wrap(stage, err)
	}
	e.Dialogue = append([]string{}, s.said...)
	return e
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

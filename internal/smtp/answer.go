package smtp

import (
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode"

	"marsad/internal/fault"
)

// Answer is what the server says to a command.
type Answer struct {
	Code     int
	Enhanced [3]int // RFC 3463; zero where the server gives none
	Text     string // of all its lines, on one, without controls
}

// Error gives the answer as people know it from logs.
func (a *Answer) Error() string { return strconv.Itoa(a.Code) + " " + a.Text }

// Stage says how far a delivery came when it failed. After Data the server may have taken the message although we never heard so.
type Stage string

// The stages.
const (
	Connect  Stage = "connect"
	Sign     Stage = "sign-in"
	Sender   Stage = "sender"   // our own address is refused
	Envelope Stage = "envelope" // the recipient's is
	Data     Stage = "data"
)

// Error is a failed delivery with its stage and the server's own words. Its fault kind says what to do: Temporary to try again,
// Permanent when the address is refused for good, Invalid and TooLarge when this one message is, which says nothing of the address.
type Error struct {
	Stage    Stage
	Code     int // 0: no answer
	Reply    string
	Lost     bool     // the message was sent whole and the answer never came: a second try may be a second copy
	Dialogue []string // what was said of this message, ours after "> ", theirs after "< "; never a password
	policy   bool
	err      error
}

func (e *Error) Error() string { return "smtp: " + string(e.Stage) + ": " + e.err.Error() }
func (e *Error) Unwrap() error { return e.err }

// Policy tells whether an error says that the desk is not wanted (5.7.x), not that a person is not there.
func (e *Error) Policy() bool { return e.policy }

// hungUp tells whether an error says that the line is gone, with or without a word (421).
func (e *Error) hungUp() bool { return e.Code == 0 || e.Code == 421 }

// wrap gives an error its stage and kind.
func wrap(stage Stage, err error) *Error {
	e := &Error{Stage: stage}
	kind := fault.Temporary
	var answer *Answer
	if errors.As(err, &answer) {
		e.Code, e.Reply = answer.Code, answer.Error()
		kind = kindOf(stage, answer)
		e.policy = answer.Code >= 500 && answer.Enhanced[1] == 7
	} else if fault.Is(err, fault.Denied) || fault.Is(err, fault.Invalid) || fault.Is(err, fault.TooLarge) {
		kind = fault.KindOf(err)
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = errors.New("the server hung up")
	}
	e.err = fault.New(kind, "%w", err)
	return e
}

// kindOf judges an answer by its code and enhanced code (RFC 5321, RFC 3463). Only what speaks of the recipient's address alone is
// Permanent: 5.1.x but for 5.1.7 and 5.1.8, which mean the sender's, and 5.2.0 and 5.2.1; without an enhanced code 550, 551 and 553
// to RCPT. 5.7.x says that we are not wanted (policy, reputation, authentication), and so does a refusal before the recipient was
// named: an operator can mend that, so it is tried again. Any other 5xx refuses the message.
func kindOf(stage Stage, a *Answer) fault.Kind {
	class, subject, detail := a.Enhanced[0], a.Enhanced[1], a.Enhanced[2]
	switch {
	case a.Code < 500, stage == Connect, stage == Sign, stage == Sender, subject == 7, subject == 1 && (detail == 7 || detail == 8):
		return fault.Temporary
	case subject == 1, subject == 2 && detail < 2:
		return fault.Permanent
	case class == 0 && stage == Envelope && (a.Code == 550 || a.Code == 551 || a.Code == 553):
		return fault.Permanent
	case a.Code == 552:
		return fault.TooLarge
	}
	return fault.Invalid
}

// maxWords bounds what is kept of an answer, in characters.
const maxWords = 500

// answerOf joins the lines of an answer, each without its code. An enhanced code that stands before every line is said once.
func answerOf(code int, lines []string) *Answer {
	a := &Answer{Code: code}
	var words []string
	for i, l := range lines {
		enhanced, rest := enhancedCode(code, l)
		switch {
		case i == 0:
			a.Enhanced = enhanced
		case enhanced == a.Enhanced && enhanced[0] != 0:
			l = rest
		}
		if l = tidy(l); l != "" {
			words = append(words, l)
		}
	}
	a.Text = strings.Join(words, " ")
	if r := []rune(a.Text); len(r) > maxWords {
		a.Text = string(r[:maxWords]) + "…"
	}
	return a
}

// tidy makes one line of a stranger's words.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
	return strings.Join(strings.Fields(s), " ")
}

// enhancedCode reads the enhanced code before the words of an answer; one of another class than the code is none.
func enhancedCode(code int, s string) (e [3]int, rest string) {
	word, rest, _ := strings.Cut(strings.TrimSpace(s), " ")
	parts := strings.Split(word, ".")
	if len(parts) != 3 {
		return e, s
	}
	for i, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil || n < 0 || n > 999 || p[0] == '+' {
			return [3]int{}, s
		}
		e[i] = n
	}
	if e[0] != code/100 {
		return [3]int{}, s
	}
	return e, rest
}

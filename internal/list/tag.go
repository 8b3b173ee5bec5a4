package list

import (
	"context"
	"crypto/hmac"
	"encoding/binary"
	"encoding/hex"
	"math/big"
	"strings"
)

// Tags stand behind the + of the desk's return address. Mail servers may fold case, so all is in small letters and digits; a local part
// has 64 characters at most, so a tag has 45.

// Bounce gives the tag of the address that a notice's failures come back to; OpenBounce reads one.
func (s *Service) Bounce(notice string) string {
	return notice + hex.EncodeToString(mac(s.keys.link, "bounce", notice)[:6])
}

// OpenBounce gives the notice of a tag that this desk made.
func (s *Service) OpenBounce(tag string) (notice string, ok bool) {
	tag = strings.ToLower(tag)
	if len(tag) < 13 {
		return "", false
	}
	notice = tag[:len(tag)-12]
	return notice, hmac.Equal([]byte(tag), []byte(s.Bounce(notice)))
}

// Exit is a way out by mail: who leaves what.
type Exit struct {
	Recipient int64 // one of the desk's own, who leaves everything; 0 for a subscriber
	list      int64
	who       string
}

const (
	exitList  = 7 // bytes of a list's number
	exitWho   = 16
	exitMAC   = 6
	exitChars = 45 // what these bytes take in base 36
)

// Exit gives the tag of the address that a mail to ends a subscription, logged out and for ever: like the links it hangs on no row. It is
// "" for a list whose number does not fit, of which this package makes none.
func (s *Service) Exit(list int64, address string) string {
	who, _ := hex.DecodeString(s.keys.hash(address)) // made by hash
	if list <= 0 || list >= 1<<(8*exitList) {
		return ""
	}
	return s.keys.exit(list, who)
}

// OwnExit is the same for one of the desk's own, who leaves all watches.
func (s *Service) OwnExit(recipient int64) string {
	return s.keys.exit(0, binary.BigEndian.AppendUint64(make([]byte, exitWho-8), uint64(recipient)))
}

func (k keys) exit(list int64, who []byte) string {
	b := append(binary.BigEndian.AppendUint64(nil, uint64(list))[8-exitList:], who...)
	b = append(b, mac(k.link, "exit", string(b))[:exitMAC]...)
	tag := new(big.Int).SetBytes(b).Text(36)
	return strings.Repeat("0", exitChars-len(tag)) + tag
}

// OpenExit gives the way out of a tag that this desk made.
func (s *Service) OpenExit(tag string) (e Exit, ok bool) {
	n, ok := new(big.Int).SetString(tag, 36)
	if !ok || len(tag) != exitChars || n.Sign() < 0 || n.BitLen() > 8*(exitList+exitWho+exitMAC) {
		return e, false
	}
	b := n.FillBytes(make([]byte, exitList+exitWho+exitMAC))
	who := b[exitList : exitList+exitWho]
	e.list = int64(binary.BigEndian.Uint64(append([]byte{0}, b[:exitList]...)))
	if !hmac.Equal([]byte(strings.ToLower(tag)), []byte(s.keys.exit(e.list, who))) {
		return Exit{}, false
	}
	if e.who = hex.EncodeToString(who); e.list == 0 {
		e.Recipient = int64(binary.BigEndian.Uint64(who[exitWho-8:]))
	}
	return e, true
}

// LeaveBy ends the subscription that a way out leads from, as [Service.Leave] does, as often as it is asked. The desk's own people are
// whoever keeps them's business.
func (s *Service) LeaveBy(ctx context.Context, e Exit, form string) error {
	if e.list == 0 {
		return nil
	}
	p, err := s.person(ctx, e.list, e.who)
	if err != nil {
		return err
	}
	return s.leave(ctx, &p, e.list, form)
}

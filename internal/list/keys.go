package list

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"net/mail"
	"strings"

	"marsad/internal/fault"

	"golang.org/x/net/idna"
)

// keys are what the desk's secret is stretched into: one for hashes of addresses, one for links, one for sealing.
type keys struct {
	who, link []byte
	sealer    cipher.AEAD
}

func derive(secret []byte) keys {
	key := func(purpose string) []byte { return mac(secret, "marsad lists "+purpose) }
	block, err := aes.NewCipher(key("seal"))
	if err != nil {
		panic(err) // 32 bytes fit
	}
	sealer, err := cipher.NewGCM(block)
	if err != nil {
		panic(err) // AES fits
	}
	return keys{key("who"), key("link"), sealer}
}

func mac(key []byte, parts ...string) []byte {
	m := hmac.New(sha256.New, key)
	for _, p := range parts {
		m.Write(binary.BigEndian.AppendUint32(nil, uint32(len(p))))
		m.Write([]byte(p))
	}
	return m.Sum(nil)
}

// Address gives a mail address as it is kept: the domain in ASCII and small letters, the local part as it was typed. What is no plain
// address is Invalid.
func Address(typed string) (string, error) {
	typed = strings.TrimSpace(typed)
	a, err := mail.ParseAddress(typed)
	if err != nil || a.Address != typed || len(typed) > 254 || strings.ContainsAny(typed, "\r\n\t\"<>()[]\\,;: ") {
		return "", fault.New(fault.Invalid, "%q is no mail address", clip(typed, 80))
	}
	at := strings.LastIndexByte(typed, '@')
	domain, err := idna.Lookup.ToASCII(typed[at+1:])
	if err != nil || !strings.Contains(domain, ".") || at > 64 {
		return "", fault.New(fault.Invalid, "%q is no mail address", clip(typed, 80))
	}
	return typed[:at] + "@" + strings.ToLower(domain), nil
}

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

// hash names a person: nobody without the desk's secret can tell whether it is a given address's.
func (k keys) hash(address string) string {
	return hex.EncodeToString(mac(k.who, strings.ToLower(address))[:16])
}

// seal encrypts an address for the ledger, bound to the hash beside it.
func (k keys) seal(who, address string) string {
	nonce := make([]byte, k.sealer.NonceSize())
	rand.Read(nonce) // never fails: see crypto/rand
	return base64.StdEncoding.EncodeToString(k.sealer.Seal(nonce, nonce, []byte(address), []byte(who)))
}

func (k keys) unseal(who, sealed string) (string, error) {
	b, err := base64.StdEncoding.DecodeString(sealed)
	n := k.sealer.NonceSize()
	if err != nil || len(b) < n {
		return "", fault.New(fault.Invalid, "ledger: a sealed address cannot be read")
	}
	plain, err := k.sealer.Open(nil, b[:n], b[n:], []byte(who))
	if err != nil {
		return "", fault.New(fault.Invalid, "ledger: a sealed address was sealed with another secret")
	}
	return string(plain), nil
}

// The purposes of links.
const (
	Confirm = "confirm"
	Leave   = "leave"
	Prefs   = "preferences"
	Never   = "never"
	release = "release"
)

// Link gives the token with which the owner of an address may do one thing about a list, logged out and for ever: it hangs on no row.
func (s *Service) Link(purpose string, list int64, address string) string {
	return s.keys.token(purpose, list, s.keys.hash(address))
}

func (k keys) token(purpose string, list int64, who string) string {
	w, _ := hex.DecodeString(who) // made by hash
	b := append(binary.BigEndian.AppendUint64(nil, uint64(list)), w...)
	return base64.RawURLEncoding.EncodeToString(append(b, mac(k.link, purpose, string(b))[:16]...))
}

// open gives the list and the person that a token of a purpose was made for. A wrong one is NotFound.
func (k keys) open(purpose, token string) (list int64, who string, err error) {
	b, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(b) != 8+16+16 || !hmac.Equal(b[24:], mac(k.link, purpose, string(b[:24]))[:16]) {
		return 0, "", fault.New(fault.NotFound, "%w", errNoToken)
	}
	return int64(binary.BigEndian.Uint64(b)), hex.EncodeToString(b[8:24]), nil
}

// ReleaseLink gives the token with which somebody may look at one held letter and release or cancel it.
func (s *Service) ReleaseLink(notice string) string {
	return notice + "." + base64.RawURLEncoding.EncodeToString(mac(s.keys.link, release, notice)[:16])
}

// OpenRelease gives the notice that a token of ReleaseLink was made for.
func (s *Service) OpenRelease(token string) (string, error) {
	notice, _, _ := strings.Cut(token, ".")
	if !hmac.Equal([]byte(token), []byte(s.ReleaseLink(notice))) {
		return "", fault.New(fault.NotFound, "%w", errNoToken)
	}
	return notice, nil
}

package webpush

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"

	"marsad/internal/fault"
)

// recordSize is what the header names; the one record that there is has to be smaller (RFC 8291, 4).
const recordSize = 4096

// step is what padded messages are multiples of: their length says little of what they hold.
const step = 1024

// keys gives the browser's public key and the secret that it shares with the desk alone; Invalid where there are none.
func (s Subscription) keys() (*ecdh.PublicKey, []byte, error) {
	point, err := decode(s.Keys.P256dh)
	if err != nil {
		return nil, nil, fault.New(fault.Invalid, "webpush: the browser's key cannot be read")
	}
	key, err := ecdh.P256().NewPublicKey(point)
	if err != nil {
		return nil, nil, fault.New(fault.Invalid, "webpush: the browser's key is no point of P-256")
	}
	auth, err := decode(s.Keys.Auth)
	if err != nil || len(auth) != 16 {
		return nil, nil, fault.New(fault.Invalid, "webpush: the browser's secret is not of 16 bytes")
	}
	return key, auth, nil
}

func decode(s string) ([]byte, error) {
	for len(s) > 0 && s[len(s)-1] == '=' {
		s = s[:len(s)-1]
	}
	return base64.RawURLEncoding.DecodeString(s)
}

// Seal encrypts a message for one browser: a header and one padded record (RFC 8188, RFC 8291), with a key pair of its own.
func Seal(s Subscription, plain []byte) ([]byte, error) {
	if len(plain) > mostPlain {
		return nil, fault.New(fault.TooLarge, "webpush: a message of %d bytes", len(plain))
	}
	to, auth, err := s.keys()
	if err != nil {
		return nil, err
	}
	own, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	salt := make([]byte, 16)
	rand.Read(salt) // never fails: see crypto/rand
	padded := make([]byte, (len(plain)/step+1)*step)
	copy(padded, plain)
	padded[len(plain)] = 2 // the last record's delimiter; zeros behind it
	return seal(to, own, auth, salt, padded)
}

func seal(to *ecdh.PublicKey, own *ecdh.PrivateKey, auth, salt, padded []byte) ([]byte, error) {
	shared, err := own.ECDH(to)
	if err != nil {
		return nil, err
	}
	sender := own.PublicKey().Bytes()
	input, err := hkdf.Key(sha256.New, shared, auth, "WebPush: info\x00"+string(to.Bytes())+string(sender), 32)
	if err != nil {
		return nil, err
	}
	key, err := hkdf.Key(sha256.New, input, salt, "Content-Encoding: aes128gcm\x00", 16)
	if err != nil {
		return nil, err
	}
	nonce, err := hkdf.Key(sha256.New, input, salt, "Content-Encoding: nonce\x00", 12)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	sealer, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	out := append([]byte{}, salt...)
	out = binary.BigEndian.AppendUint32(out, recordSize)
	out = append(out, byte(len(sender)))
	out = append(out, sender...)
	return sealer.Seal(out, nonce, padded, nil), nil
}

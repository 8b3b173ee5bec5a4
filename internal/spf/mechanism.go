package spf

import (
	"errors"
	"net/netip"
	"strconv"
	"strings"
)

// mech is a mechanism taken apart.
type mech struct {
	name, value string
	v4, v6      int // bits of a network, -1 for all
	result      string
}

func mechanism(term string) (m mech) {
	m.result, m.v4, m.v6 = Pass, -1, -1
	switch term[0] {
	case '-':
		m.result = Fail
	case '~':
		m.result = SoftFail
	case '?':
		m.result = Neutral
	}
	term = strings.TrimLeft(term, "+-~?")
	if i := strings.IndexByte(term, '/'); i >= 0 && !strings.HasPrefix(strings.ToLower(term), "ip") {
		four, six, _ := strings.Cut(term[i+1:], "//")
		term = term[:i]
		if strings.HasPrefix(four, "/") { // a//64
			four, six = "", four[1:]
		}
		m.v4, m.v6 = bits(four), bits(six)
	}
	m.name, m.value, _ = strings.Cut(term, ":")
	m.name = strings.ToLower(m.name)
	return m
}

func bits(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return -1
	}
	return n
}

// network gives what ip4 and ip6 name.
func network(m mech) (netip.Prefix, error) {
	if ip, err := netip.ParseAddr(m.value); err == nil && ip.Is4() == (m.name == "ip4") {
		return netip.PrefixFrom(ip, ip.BitLen()), nil
	}
	p, err := netip.ParsePrefix(m.value)
	if err == nil && p.Addr().Is4() != (m.name == "ip4") {
		err = errors.New("of the other kind")
	}
	return p.Masked(), err
}

// holds tells whether an address is within the network of one of some.
func (m mech) holds(addresses []netip.Addr, ip netip.Addr) bool {
	for _, a := range addresses {
		n := m.v6
		if a.Is4() {
			n = m.v4
		}
		if n < 0 || n > a.BitLen() {
			n = a.BitLen()
		}
		if netip.PrefixFrom(a, n).Contains(ip) {
			return true
		}
	}
	return false
}

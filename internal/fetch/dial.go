package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"

	"code.dny.dev/ssrf"
)

// errNotPublic refuses an address that the configuration does not allow.
var errNotPublic = errors.New("the address is not public, and the configuration does not allow it")

// transport dials only where it may. It goes through no proxy: a proxy would dial for us without looking.
func transport(o Options) *http.Transport {
	return &http.Transport{
		DialContext:            dialer(o),
		ForceAttemptHTTP2:      true,
		TLSHandshakeTimeout:    10 * time.Second,
		ResponseHeaderTimeout:  20 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
		MaxIdleConns:           32,
		MaxIdleConnsPerHost:    1,
		MaxConnsPerHost:        1,
		IdleConnTimeout:        30 * time.Second,
		DisableCompression:     true, // we ask and undo ourselves, to cap it
	}
}

type dial func(ctx context.Context, network, address string) (net.Conn, error)

func dialer(o Options) dial {
	public := net.Dialer{Timeout: 10 * time.Second, Control: guard(o)}
	named := net.Dialer{Timeout: 10 * time.Second} // of Options.Hosts alone: the configuration names the very address
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if host, _, err := net.SplitHostPort(address); err == nil && o.Hosts[host] != "" {
			return named.DialContext(ctx, network, o.Hosts[host])
		}
		return public.DialContext(ctx, network, address)
	}
}

// guard is asked after the name was resolved and before the first packet, with the address that will be dialled: no second
// resolution can put another in its place.
func guard(o Options) func(network, address string, _ syscall.RawConn) error {
	safe := ssrf.New(ssrf.WithPorts(80, 443, 8000, 8080, 8443))
	return func(network, address string, c syscall.RawConn) error {
		if o.Dial != nil {
			o.Dial(network)
		}
		at, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("%w: %w", errNotPublic, err)
		}
		ip := at.Addr().Unmap().WithZone("") // ::ffff:10.0.0.1 is 10.0.0.1
		for _, p := range o.Allow {
			if p.Contains(ip) {
				return nil
			}
		}
		if ip.Is4() {
			network = "tcp4"
		}
		if err := safe.Safe(network, netip.AddrPortFrom(ip, at.Port()).String(), c); err != nil {
			return fmt.Errorf("%w: %w", errNotPublic, err)
		}
		return nil
	}
}

// Package dmarc reads what a domain publishes of mail in its name that nobody vouches for (RFC 7489), and tells whether a signature or a
// return path counts for it. It judges no mail and knows no list of public suffixes: where a domain has no policy of its own, that of the
// domains above it is looked for.
package dmarc

import (
	"context"
	"errors"
	"net"
	"strings"

	"marsad/internal/fault"
)

// Policy is a domain's record.
type Policy struct {
	At         string // the domain that publishes it, the asked one or one above it; of Find
	Request    string // none, quarantine or reject
	Below      string // the same for domains below
	StrictDKIM bool   // only the same domain's signature counts, not one's below or above it
	StrictSPF  bool
	Reports    []string // addresses that take reports
}

// Parse reads a record. What is none is NotFound, what does not hold Invalid.
func Parse(record string) (p Policy, err error) {
	if v, _, _ := strings.Cut(record, ";"); strings.ReplaceAll(v, " ", "") != "v=DMARC1" {
		return p, fault.New(fault.NotFound, "no policy")
	}
	for _, tag := range strings.Split(record, ";")[1:] {
		name, value, _ := strings.Cut(tag, "=")
		name, value = strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(value)
		switch name {
		case "p":
			p.Request = strings.ToLower(value)
		case "sp":
			p.Below = strings.ToLower(value)
		case "adkim":
			p.StrictDKIM = strings.EqualFold(value, "s")
		case "aspf":
			p.StrictSPF = strings.EqualFold(value, "s")
		case "rua":
			for _, uri := range strings.Split(value, ",") {
				if to, ok := strings.CutPrefix(strings.TrimSpace(uri), "mailto:"); ok {
					to, _, _ = strings.Cut(to, "!")
					p.Reports = append(p.Reports, to)
				}
			}
		}
	}
	if p.Below == "" {
		p.Below = p.Request
	}
	for _, request := range []string{p.Request, p.Below} {
		if request != "none" && request != "quarantine" && request != "reject" {
			return p, fault.New(fault.Invalid, "it says p=%s, which receivers take for no policy", request)
		}
	}
	return p, nil
}

// TXT asks DNS for the texts of a name.
type TXT interface {
	LookupTXT(ctx context.Context, name string) ([]string, error)
}

// Find gives the policy for mail from a domain; Request is what holds for that domain. NotFound says that there is none, Invalid that what is there does not hold; any other
// error that DNS could not be asked.
func Find(ctx context.Context, dns TXT, domain string) (Policy, error) {
	domain = strings.ToLower(strings.TrimSuffix(domain, "."))
	for at := domain; strings.Contains(at, "."); _, at, _ = strings.Cut(at, ".") {
		texts, err := dns.LookupTXT(ctx, "_dmarc."+at)
		var none *net.DNSError
		if err != nil && !(errors.As(err, &none) && none.IsNotFound) {
			return Policy{}, err
		}
		found, err := only(texts)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return Policy{At: at}, err
		}
		if at != domain {
			found.Request = found.Below
		}
		found.At = at
		return found, nil
	}
	return Policy{}, fault.New(fault.NotFound, "no policy")
}

// only gives the one policy among texts; several count for none.
func only(texts []string) (p Policy, err error) {
	err = fault.New(fault.NotFound, "no policy")
	n := 0
	for _, t := range texts {
		q, e := Parse(t)
		if fault.Is(e, fault.NotFound) {
			continue
		}
		if n++; n > 1 {
			return p, fault.New(fault.Invalid, "there are several records, and then none of them holds")
		}
		p, err = q, e
	}
	return p, err
}

// Aligned tells whether something that one domain vouches for counts for mail from another: one is the other or, unless that is asked for
// strictly, stands below it.
func Aligned(from, by string, strict bool) bool {
	from, by = strings.ToLower(from), strings.ToLower(by)
	return from == by || !strict && (strings.HasSuffix(from, "."+by) || strings.HasSuffix(by, "."+from))
}

package cli

import (
	"cmp"
	"context"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"marsad/internal/dkim"
	"marsad/internal/dmarc"
	"marsad/internal/fault"
	spfpkg "marsad/internal/spf"
)

// post is how the desk's mail leaves, as the world sees it.
type post struct {
	host string
	ips  []netip.Addr // public ones of the host
	from string       // the sender's domain
	out  outgoing
}

// unsaid gives what is wrong whatever DNS says.
func (p post) unsaid() (out []finding) {
	if p.out.DKIM.Domain == "" {
		out = append(out, finding{false, "mail goes out unsigned", "make keys with marsad mail dkim"})
	}
	if p.out.Bounces == "" {
		out = append(out, finding{false, "nobody reads failed mail that comes back", "say where with marsad mail bounces"})
	}
	return out
}

// more gives what has to be published besides what the desk's mail is verified with.
func (p post) more() []record {
	if p.from == "" || p.from == domainOf(p.out.Bounces) {
		return nil
	}
	return []record{{Name: p.from, Type: "MX", Why: "which the desk writes from; many servers refuse mail from a domain that cannot be answered"}}
}

// own tells whether the mail server is the sender's: a provider's sends from addresses that its name does not tell.
func (p post) own() bool {
	_, err := netip.ParseAddr(p.host)
	return err == nil || dmarc.Aligned(p.from, p.host, false)
}

// public gives the addresses of a host that the world sees.
func (rt *runtimeEnv) public(ctx context.Context, host string) (out []netip.Addr) {
	ips, err := rt.resolver().LookupNetIP(ctx, "ip", host)
	if err != nil {
		return nil // the outbox says so
	}
	for _, ip := range ips {
		if ip = ip.Unmap(); ip.IsGlobalUnicast() && !ip.IsPrivate() {
			out = append(out, ip)
		}
	}
	return out
}

// examineSPF reads which servers may send for a domain, as receivers count.
func (rt *runtimeEnv) examineSPF(ctx context.Context, p post, r record) (out []finding, err error) {
	got, err := spfpkg.Read(ctx, rt.resolver(), r.Name, p.ips...)
	if err != nil {
		return nil, err
	}
	if got.Record == "" && len(got.Problems) == 0 {
		return []finding{{false, r.Name + " publishes no v=spf1", "publish: " + r.Value}}, nil
	}
	for _, why := range got.Problems {
		todo := "mend the record: " + got.Record
		switch {
		case got.Record == "":
			todo = "make one of them"
		case got.Lookups > spfpkg.MostLookups:
			todo = "leave out what sends no mail any more, and write ip4: and ip6: where addresses are known"
		}
		out = append(out, finding{false, "SPF of " + r.Name + " does not hold: " + why, todo})
	}
	for _, hint := range got.Hints {
		out = append(out, finding{true, "SPF of " + r.Name, hint})
	}
	if len(got.Problems) > 0 {
		return out, nil
	}
	said := fmt.Sprintf("SPF of %s holds with %d of %d look-ups", r.Name, got.Lookups, spfpkg.MostLookups)
	if !p.own() {
		return append(out, finding{true, said, "see that it has what " + p.host + "'s operator says (an include: of theirs)"}), nil
	}
	for _, ip := range p.ips {
		if result := got.Of[ip.String()]; result != spfpkg.Pass {
			out = append(out, finding{false, fmt.Sprintf("SPF of %s does not let %s send (%s says: %s)", r.Name, p.host, ip, result), "publish: " + permitting(got.Record, ip)})
		}
	}
	return append(out, finding{true, said, ""}), nil
}

// permitting gives a record with an address that may send, before the word for all others.
func permitting(record string, ip netip.Addr) string {
	kind := "ip6:"
	if ip.Is4() {
		kind = "ip4:"
	}
	terms := strings.Fields(record)
	at := slices.IndexFunc(terms, func(t string) bool { return strings.EqualFold(strings.TrimLeft(t, "+-~?"), "all") })
	if at < 0 {
		at = len(terms)
	}
	return strings.Join(slices.Insert(terms, at, kind+ip.String()), " ")
}

// examineKey tells whether the key that verifies the desk's signatures stands in DNS, alone and usable.
func (rt *runtimeEnv) examineKey(ctx context.Context, r record) ([]finding, error) {
	have, err := rt.texts(ctx, r.Name)
	if err != nil {
		return nil, err
	}
	have = slices.DeleteFunc(have, func(h string) bool { return !strings.Contains(h, "p=") })
	switch {
	case len(have) == 0:
		return []finding{{false, r.Name + " publishes no v=DKIM1", "publish: " + r.Value}}, nil
	case len(have) > 1:
		return []finding{{false, fmt.Sprintf("%s publishes %d keys, and receivers take any of them", r.Name, len(have)), "publish this alone: " + r.Value}}, nil
	}
	key, err := dkim.ReadRecord(have[0])
	ours, _ := dkim.ReadRecord(r.Value) // made by us
	switch {
	case err != nil:
		return []finding{{false, r.Name + " publishes what is no key: " + err.Error(), "publish: " + r.Value}}, nil
	case key.Revoked:
		return []finding{{false, r.Name + " publishes that its key is revoked", "publish: " + r.Value}}, nil
	case key.Public != ours.Public:
		return []finding{{false, r.Name + " publishes another key", "publish: " + r.Value}}, nil
	case key.Testing:
		return []finding{{false, r.Name + " says that it is a test (t=y), and receivers may take the mail for unsigned", "publish: " + r.Value}}, nil
	case key.Weak():
		return []finding{{false, fmt.Sprintf("%s publishes an RSA key of %d bits; receivers ask for 2048 and refuse less than 1024 (RFC 8301)", r.Name, key.Bits), "make new keys with marsad mail dkim --again"}}, nil
	}
	return []finding{{true, fmt.Sprintf("%s publishes the desk's key (%s, %d bits)", r.Name, key.Kind, key.Bits), ""}}, nil
}

// examinePolicy reads what receivers are asked to do with mail that nobody vouches for, and whether the desk's is vouched for.
func (rt *runtimeEnv) examinePolicy(ctx context.Context, p post, r record) (out []finding, err error) {
	from := strings.TrimPrefix(r.Name, "_dmarc.")
	policy, err := dmarc.Find(ctx, rt.resolver(), from)
	switch {
	case fault.Is(err, fault.NotFound):
		return []finding{{false, from + " publishes no policy (DMARC)", "publish at " + r.Name + ": " + r.Value}}, nil
	case fault.Is(err, fault.Invalid):
		return []finding{{false, "the policy (DMARC) at _dmarc." + policy.At + " does not hold: " + err.Error(), "publish there this alone: " + r.Value}}, nil
	case err != nil:
		return nil, err
	}
	say := finding{true, from + " asks receivers to " + asks[policy.Request] + " (DMARC at _dmarc." + policy.At + ")", ""}
	if policy.Request == "none" {
		say.todo = "once the reports name none of your own servers, go on to p=quarantine"
	}
	out = append(out, say)
	signed := p.out.DKIM.Domain != "" && dmarc.Aligned(from, p.out.DKIM.Domain, policy.StrictDKIM)
	if p.out.DKIM.Domain != "" && !signed {
		out = append(out, finding{false, "mail from " + from + " is signed by " + p.out.DKIM.Domain + ", which DMARC does not count" + strictly(policy.StrictDKIM), "make keys for " + from + " with marsad mail dkim --again"})
	}
	if back := cmp.Or(domainOf(p.out.Bounces), from); !dmarc.Aligned(from, back, policy.StrictSPF) {
		out = append(out, finding{signed, "failures come back to " + back + ", so SPF does not count for mail from " + from + strictly(policy.StrictSPF) + "; the signature alone does", "let them come back to an address of " + from})
	}
	return append(out, rt.examineReports(ctx, policy)...), nil
}

// asks are the requests of a policy in words.
var asks = map[string]string{"none": "do nothing with mail that nobody vouches for", "quarantine": "lay aside mail that nobody vouches for", "reject": "refuse mail that nobody vouches for"}

func strictly(is bool) string {
	if is {
		return " since its policy asks for the very same domain"
	}
	return ""
}

// examineReports tells whether reports to somebody else are sent: whoever takes them has to say so (RFC 7489, 7.1).
func (rt *runtimeEnv) examineReports(ctx context.Context, policy dmarc.Policy) (out []finding) {
	for _, to := range policy.Reports {
		domain := strings.ToLower(domainOf(to))
		if domain == "" || dmarc.Aligned(policy.At, domain, false) {
			continue
		}
		name := policy.At + "._report._dmarc." + domain
		have, err := rt.texts(ctx, name)
		if err == nil && !slices.ContainsFunc(have, func(h string) bool { return strings.HasPrefix(h, "v=DMARC1") }) {
			out = append(out, finding{false, "reports on mail from " + policy.At + " are not sent to " + to + ", which has not agreed", "publish at " + name + ": v=DMARC1"})
		}
	}
	return out
}

package list

import (
	"bufio"
	"context"
	"io"
	"strings"
	"time"

	"marsad/internal/fault"
	"marsad/internal/ledger"
	"marsad/news"
)

// Record is all that the lists know of a person, for the person.
type Record struct {
	Address       string              `json:"address"`
	Hash          string              `json:"hash"`
	State         news.RecipientState `json:"state"`
	Since         time.Time           `json:"since"`
	Subscriptions []news.Subscription `json:"subscriptions"`
	Suppressed    string              `json:"suppressed,omitempty"`
	Ledger        []ledger.Entry      `json:"ledger"`
}

// Export gives all that is known of an address.
func (s *Service) Export(ctx context.Context, address string) (r Record, err error) {
	if address, err = Address(address); err != nil {
		return r, err
	}
	return s.export(ctx, s.keys.hash(address), address)
}

// Own gives all that is known of the person behind a token of Prefs.
func (s *Service) Own(ctx context.Context, token string) (r Record, err error) {
	_, who, err := s.keys.open(Prefs, token)
	if err != nil {
		return r, err
	}
	return s.export(ctx, who, "")
}

func (s *Service) export(ctx context.Context, who, address string) (r Record, err error) {
	r.Hash, r.Address, r.Subscriptions = who, address, []news.Subscription{}
	to, known, err := found(s.Store.Subscriber(ctx, who))
	if err != nil {
		return r, err
	}
	if known {
		r.Address, r.State, r.Since = to.Address, to.State, to.Created
		if r.Subscriptions, err = s.Store.Subscriptions(ctx, to.ID); err != nil {
			return r, err
		}
	}
	if r.Suppressed, err = s.Store.Suppressed(ctx, who, 0); err != nil {
		return r, err
	}
	r.Ledger, err = s.Ledger.Of(who)
	return r, err
}

// Erase forgets a person: their address, subscriptions and letters. What stays is the keyed hash, so that no import and no restored
// copy writes to them again.
func (s *Service) Erase(ctx context.Context, address, by string) error {
	address, err := Address(address)
	if err != nil {
		return err
	}
	return s.erase(ctx, s.keys.hash(address), by)
}

// EraseOwn forgets the person behind a token of Prefs.
func (s *Service) EraseOwn(ctx context.Context, token string) error {
	_, who, err := s.keys.open(Prefs, token)
	if err != nil {
		return err
	}
	return s.erase(ctx, who, "")
}

func (s *Service) erase(ctx context.Context, who, by string) error {
	if err := s.record(ctx, ledger.Entry{Do: ledger.Erase, Who: who, By: by}); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Ledger.Forget(who)
}

// Imported is what became of the lines of an import.
type Imported struct {
	Added, Known, Suppressed int
	Bad                      []string // the first hundred lines that hold no address
}

// mostLines and mostBad bound what an import takes and tells.
const (
	mostLines = 1_000_000
	mostBad   = 100
)

// Import subscribes addresses, one a line with perhaps a language behind a comma, on a legal basis that whoever imports states and
// answers for. Who left, was erased or cannot be reached is not brought back.
func (s *Service) Import(ctx context.Context, list int64, in io.Reader, basis, by string) (out Imported, err error) {
	if len(strings.Fields(basis)) < 2 {
		return out, fault.New(fault.Invalid, "say on which legal basis these people may be written to, such as \"consent by the paper form of 3 March\"")
	}
	l, err := s.Store.List(ctx, list)
	if err != nil {
		return out, err
	}
	var es []ledger.Entry
	seen, n := map[string]bool{}, 0
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		if n++; n > mostLines {
			return out, fault.New(fault.TooLarge, "more than %d lines", mostLines)
		}
		e, err := s.imported(ctx, l, lines.Text(), &out)
		if err != nil {
			return out, err
		}
		if e.Who == "" || seen[e.Who] {
			continue
		}
		seen[e.Who] = true
		e.Basis, e.By = basis, by
		if es = append(es, e); len(es) == batch {
			if err := s.record(ctx, es...); err != nil {
				return out, err
			}
			out.Added, es = out.Added+len(es), nil
		}
	}
	if err := lines.Err(); err != nil {
		return out, fault.New(fault.Invalid, "the file cannot be read: %w", err)
	}
	if len(es) > 0 {
		err = s.record(ctx, es...)
	}
	if err == nil {
		out.Added += len(es)
	}
	return out, err
}

// imported gives the entry for one line, the zero Entry where there is nothing to do.
func (s *Service) imported(ctx context.Context, l news.PublicList, line string, out *Imported) (e ledger.Entry, err error) {
	line = strings.TrimSpace(strings.TrimPrefix(line, "\ufeff"))
	if line == "" || strings.HasPrefix(line, "#") {
		return e, nil
	}
	typed, lang, _ := strings.Cut(line, ",")
	address, err := Address(typed)
	if err != nil {
		if len(out.Bad) < mostBad {
			out.Bad = append(out.Bad, clip(line, 100))
		}
		return e, nil
	}
	who := s.keys.hash(address)
	why, err := s.Store.Suppressed(ctx, who, l.ID)
	if err != nil {
		return e, err
	}
	if why != "" {
		out.Suppressed++
		return e, nil
	}
	if to, known, err := found(s.Store.Subscriber(ctx, who)); err != nil {
		return e, err
	} else if known {
		v, is, err := found(s.Store.Subscription(ctx, l.ID, to.ID))
		if err != nil {
			return e, err
		}
		if is && v.State == news.Confirmed {
			out.Known++
			return e, nil
		}
	}
	lang = strings.TrimSpace(lang)
	if lang == "" && len(l.Langs) > 0 {
		lang = l.Langs[0]
	}
	return ledger.Entry{Do: ledger.Import, List: l.ID, Slug: l.Slug, Who: who, Lang: clip(lang, 20), Form: "import", Address: address}, nil
}

package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"time"

	"marsad/analysis"
	"marsad/entity"
	"marsad/internal/api"
	"marsad/internal/auth"
	"marsad/internal/carrier"
	"marsad/internal/config"
	"marsad/internal/desk"
	"marsad/internal/fault"
	"marsad/internal/fetch"
	"marsad/internal/ledger"
	"marsad/internal/letter"
	"marsad/internal/list"
	"marsad/internal/mcp"
	"marsad/internal/sqlite"
	"marsad/internal/web"
	"marsad/internal/webhook"
	"marsad/internal/webpush"
	"marsad/match"
	"marsad/news"
	"marsad/query"
	"marsad/text"
)

// house is one desk with its store and its pages: the reader's own, or the demo's.
type house struct {
	store  *sqlite.Store
	desk   *desk.Desk
	ledger *ledger.Ledger
	lists  *list.Service // nil: another process works on the store
	posts  *posts
	push   *webpush.VAPID
	keeper *auth.Keeper
	pages  http.Handler
}

// plan says how to open a house.
type plan struct {
	file   string // of the store
	base   string // address of the pages
	demo   bool
	hosts  map[string]string // of the demo's wire
	names  []string          // host names under which the pages may be asked for
	clean  func(context.Context) error
	log    *slog.Logger
	config config.Config
	setup  string // the set-up token, "" for a new one
	known  *entity.Names
	alone  bool // nobody else works on the store: the data folder is locked
}

// openStore opens the store of a data folder's file, making the folder where there is none.
func (rt *runtimeEnv) openStore(ctx context.Context, file string, options ...sqlite.Option) (*sqlite.Store, error) {
	names, err := rt.names()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, err
	}
	if err := isStore(file); err != nil {
		return nil, err
	}
	return sqlite.Open(ctx, file, append(options, sqlite.Names(match.ByEntity(names)))...)
}

// isStore refuses a file that is no database, before anything is written to it. One that is not there, or empty, is to become one.
func isStore(file string) error {
	const begins = "SQLite format 3\x00"
	f, err := os.Open(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	defer f.Close()
	head := make([]byte, len(begins))
	switch n, err := io.ReadFull(f, head); {
	case n == 0 && err == io.EOF:
		return nil
	case err != nil && err != io.ErrUnexpectedEOF:
		return fmt.Errorf("%s cannot be read: %w", file, err)
	case string(head[:n]) != begins:
		return usage("%s is no desk, or was damaged; marsad restore puts a backup in its place", file)
	}
	return nil
}

// openBeside is open for a command, set as the operator has it and silent but for errors.
func (rt *runtimeEnv) openBeside(p plan) (h *house, err error) {
	if p.config, err = rt.configured(); err != nil {
		return nil, err
	}
	p.log = rt.logger("error", "")
	return rt.open(rt.ctx, p)
}

func (rt *runtimeEnv) open(ctx context.Context, p plan) (*house, error) {
	names, err := rt.names()
	if err != nil {
		return nil, err
	}
	p.known = names
	var keeping []sqlite.Option
	if p.alone {
		keeping = append(keeping, sqlite.Alone())
	}
	s, err := rt.openStore(ctx, p.file, keeping...)
	if err != nil {
		return nil, err
	}
	h := &house{store: s}
	secret, err := h.secret(ctx)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	signer := auth.NewSigner(secret)
	options := fetch.Options{Hosts: p.hosts, Allow: p.config.Allow, About: p.config.About, Pause: p.config.Pause, Bytes: p.config.Bytes}
	if p.demo {
		options.Pause = 50 * time.Millisecond // the wire is ours
	}
	var own web.DeskSettings
	if setting(ctx, s, web.SettingDesk, &own); own.Keep > 0 {
		p.config.KeepPages = time.Duration(own.Keep) * 24 * time.Hour
	}
	if p.alone {
		if err := h.openLists(ctx, p, secret); err != nil {
			return nil, errors.Join(err, h.Close())
		}
	}
	h.posts = &posts{store: s, lists: h.lists, demo: p.demo}
	if h.push, err = h.pushKeys(ctx); err != nil {
		return nil, errors.Join(err, h.Close())
	}
	h.desk = desk.New(desk.Options{
		Store: s, Fetcher: fetch.New(options), Names: match.ByEntity(p.known),
		Analyse: func(a news.Article, doc *text.Doc) news.Analysis { return analysis.Of(a, doc, p.known) },
		Compose: &composer{store: s, signer: signer, base: p.base, name: p.config.Name, demo: p.demo, lists: h.lists}, Carrier: h.carrier(p, options, signer),
		Wanted: h.wanted(), Refused: h.refused, Chore: h.chore(p),
		Log: p.log, KeepPages: p.config.KeepPages, Cores: p.config.Cores, Every: p.every(), Alone: p.alone,
	})
	h.keeper = auth.New(auth.Options{Store: s, Setup: p.setup, Hosts: p.names})
	h.pages = web.New(web.Options{
		Store: s, Names: p.known, Auth: h.keeper, Signer: signer, Demo: p.demo, Log: p.log, Version: Version, Desk: h.asked(p), API: h.api(p), Lists: h.lists, Push: h.push.Public(),
	})
	return h, nil
}

// every bounds how often feeds are asked: the demo's wire does not mind.
func (p plan) every() desk.Interval {
	if p.demo {
		return desk.Interval{First: 2 * time.Second, Min: 2 * time.Second, Max: 10 * time.Second}
	}
	return desk.Interval{First: p.config.FirstEvery, Min: p.config.MinEvery, Max: p.config.MaxEvery}
}

// secret gives the key of the tokens in mails, made once and kept for ever.
func (h *house) secret(ctx context.Context) ([]byte, error) {
	const key = "secret"
	b, err := h.store.Setting(ctx, key)
	if err == nil || !fault.Is(err, fault.NotFound) {
		return b, err
	}
	b = make([]byte, 32)
	rand.Read(b) // never fails: see crypto/rand
	return b, h.store.SetSetting(ctx, key, b)
}

// carrier gives the ways out that are set up. The demo mails nobody outside of this machine.
func (h *house) carrier(p plan, o fetch.Options, signer auth.Signer) func(context.Context, string) desk.Carrier {
	if p.demo {
		o.Allow = append(slices.Clone(o.Allow), netip.MustParsePrefix("127.0.0.0/8"))
	}
	client := fetch.Guarded(o)
	if p.demo {
		client.Transport = onlyHere{client.Transport}
	}
	hooks := &hookCarrier{webhook.Carrier{Client: client, Now: time.Now}, signer}
	chats, pushes := &chatCarrier{carrier.Carrier{Client: client, Now: time.Now}}, newPush(client, h.push, h.store)
	return func(ctx context.Context, name string) desk.Carrier {
		switch name {
		case "mail", news.SubscriberCarrier:
			return h.posts.get(ctx)
		case news.ListCarrier:
			if h.lists != nil {
				return &listCarrier{h.lists}
			}
		case "webhook":
			return hooks
		case webpush.Name:
			return pushes
		}
		if slices.Contains(carrier.Names, name) {
			return chats
		}
		return nil
	}
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// api joins what programs ask to the desk.
func (h *house) api(p plan) http.Handler {
	d := h.desk
	return api.New(api.Options{
		Free:  func() (uint64, error) { return free(filepath.Dir(p.file)) },
		Store: h.store, Auth: h.keeper, Base: p.base, Log: p.log, Reload: d.Reload, MCP: mcp.Handler(h.tools(p.base)),
		Lists: h.lists, People: h.store, Push: h.push.Public(), Release: d.Release, Cancel: d.Cancel, FetchNow: d.FetchNow, Correct: d.Correct, Uncorrect: d.Uncorrect,
		AddSources: func(ctx context.Context, in api.Adding) ([]api.Added, error) {
			added, err := d.AddSources(ctx, desk.Adding{Given: in.Given, Reader: in.Reader})
			return convert(added, func(a desk.Added) api.Added { return api.Added(a) }), err
		},
		TryWatch: func(ctx context.Context, w news.Watch, since time.Time) ([]api.Trial, bool, error) {
			ts, partial, err := d.TryWatch(ctx, w, since)
			return convert(ts, func(t desk.Trial) api.Trial { return api.Trial(t) }), partial, err
		},
		Estimate: func(ctx context.Context, q query.Query) (api.Estimate, error) {
			e, err := d.Estimate(ctx, q)
			return api.Estimate{ADay: e.ADay, AtLeast: e.AtLeast, Cost: api.Cost(e.Cost)}, err
		},
		TakeApart: func(ctx context.Context, in api.Reading) (api.Taken, error) {
			t, err := d.TakeApart(ctx, desk.Reading(in))
			return api.Taken(t), err
		},
	})
}

// asked joins what the pages ask to the desk.
func (h *house) asked(p plan) web.Desk {
	d := h.desk
	return web.Desk{
		AddSources: func(ctx context.Context, in web.Adding) ([]web.Added, error) {
			to := desk.Adding{Given: in.Given, Reader: in.Reader}
			if in.Each != nil {
				to.Each = func(a desk.Added) { in.Each(web.Added(a)) }
			}
			added, err := d.AddSources(ctx, to)
			return convert(added, func(a desk.Added) web.Added { return web.Added(a) }), err
		},
		TryWatch: func(ctx context.Context, w news.Watch, since time.Time) ([]web.Trial, bool, error) {
			ts, partial, err := d.TryWatch(ctx, w, since)
			return convert(ts, func(t desk.Trial) web.Trial { return web.Trial(t) }), partial, err
		},
		Estimate: func(ctx context.Context, q query.Query) (web.Estimate, error) {
			e, err := d.Estimate(ctx, q)
			return web.Estimate{ADay: e.ADay, AtLeast: e.AtLeast, Cost: web.Cost(e.Cost)}, err
		},
		TakeApart: func(ctx context.Context, in web.Reading) (web.Taken, error) {
			t, err := d.TakeApart(ctx, desk.Reading(in))
			return web.Taken(t), err
		},
		Events:   func(ctx context.Context) <-chan web.Event { return events(ctx, d.Events(ctx)) },
		FetchNow: d.FetchNow, Reload: d.Reload, Ask: d.Ask, TestMail: d.TestMail, Release: d.Release,
		ReleaseHeld: d.ReleaseHeld, Cancel: d.Cancel, Retry: d.Retry,
		TellCorrection: func(ctx context.Context, story int64, words string) (int, error) {
			return d.TellCorrection(ctx, story, letter.SaidFact(words))
		},
		Expensive: func(n int) []web.Cost {
			return convert(d.Expensive(n), func(c match.Cost) web.Cost { return web.Cost(c) })
		},
		StartClean: p.clean, Correct: d.Correct, Uncorrect: d.Uncorrect,
		Picture: func(ctx context.Context, url string) ([]byte, error) {
			r, err := d.Fetcher.Get(ctx, desk.Request{URL: url})
			return r.Body, err
		},
	}
}

func convert[A, B any](as []A, to func(A) B) []B {
	bs := make([]B, len(as))
	for i, a := range as {
		bs[i] = to(a)
	}
	return bs
}

// events passes on what happens until the asker's context ends, also when they have stopped listening by then.
func events(ctx context.Context, in <-chan desk.Event) <-chan web.Event {
	out := make(chan web.Event, 1)
	go func() {
		defer close(out)
		for e := range in {
			select {
			case out <- web.Event(e):
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

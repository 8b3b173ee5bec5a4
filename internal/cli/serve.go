package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"marsad/corpus"
	"marsad/internal/config"
	"marsad/internal/demo"
	"marsad/internal/sqlite"
)

// serveCmd runs the desk and its pages. What is not given here comes from the environment and from marsad.toml in the data folder:
// see package config.
type serveCmd struct {
	Listen string        `help:"Address of the pages, 127.0.0.1:8080 if nothing says otherwise. Beyond loopback it takes an account first."`
	Host   []string      `help:"A host name under which the pages are reached; may repeat." env:"MARSAD_HOST"`
	Demo   bool          `help:"Run the demo even where a desk exists."`
	Within time.Duration `help:"The demo's live day takes this long." default:"10m" hidden:"" env:"MARSAD_DEMO_WITHIN"`
	Log    string        `help:"What to log: debug, info, warn, error."`

	config config.Config
}

func (serveCmd) Help() string {
	return `Runs the desk: collects, understands, tells, and serves its pages. Where there is no desk yet it runs the demo, an invented world.

Examples:
  marsad
  marsad serve --listen 127.0.0.1:9000
  marsad --data /srv/marsad serve --host news.example.org --listen 0.0.0.0:8080`
}

// dataFolder gives where the desk lives: the flag or environment, else the XDG default.
func (rt *runtimeEnv) dataFolder() (string, error) {
	if rt.data != "" {
		return rt.data, nil
	}
	folder, err := config.DataFolder(os.Getenv)
	if err != nil {
		return "", usage("%v; say where the data goes with --data", err)
	}
	return folder, nil
}

// configured reads what the operator set: defaults, then the file, then the environment.
func (rt *runtimeEnv) configured() (config.Config, error) {
	folder, err := rt.dataFolder()
	if err != nil {
		return config.Config{}, err
	}
	if i, err := os.Stat(folder); err == nil && !i.IsDir() {
		return config.Config{}, usage("%s is a file; --data names the folder that holds the desk", folder)
	}
	file := filepath.Join(folder, "marsad.toml")
	body, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return config.Config{}, err
	}
	c, err := config.Load(file, string(body), os.Environ())
	if err != nil {
		return c, usage("%v", err)
	}
	return c, nil
}

const (
	deskFile   = "desk.db"
	demoFolder = "demo"
)

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func (c *serveCmd) Run(rt *runtimeEnv) error {
	folder, err := rt.dataFolder()
	if err != nil {
		return err
	}
	if c.config, err = rt.configured(); err != nil {
		return err
	}
	for key, v := range map[string]string{"listen": c.Listen, "log": c.Log} {
		if v == "" {
			continue
		}
		if err := c.config.Set("--"+key, key, v); err != nil {
			return usage("%v", err)
		}
	}
	if err := c.config.Check("--listen, --log"); err != nil {
		return usage("%v", err)
	}
	if c.Listen, err = c.reachable(rt, folder); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return c.busy(rt, err)
	}
	defer listener.Close()
	unlock, err := lock(folder)
	if err != nil {
		return err
	}
	defer unlock()
	ctx, stop := signal.NotifyContext(rt.ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	s := &server{serveCmd: c, rt: rt, folder: folder, base: "http://" + listener.Addr().String(), log: rt.logger(c.config.Log, c.config.LogFormat)}
	if c.config.Base != "" {
		s.base = strings.TrimRight(c.config.Base, "/")
	}
	return s.run(ctx, listener)
}

// reachable gives the address to listen on: the one asked for, but loopback alone until somebody has an account.
func (c *serveCmd) reachable(rt *runtimeEnv, folder string) (string, error) {
	host, port, err := net.SplitHostPort(c.config.Listen)
	if err != nil {
		return "", usage("--listen: %v; write host:port, such as 127.0.0.1:8080", err)
	}
	if loopback(host) {
		return c.config.Listen, nil
	}
	if file := filepath.Join(folder, deskFile); exists(file) && !c.Demo {
		s, err := rt.openStore(rt.ctx, file)
		if err != nil {
			return "", err
		}
		accounts, err := s.Accounts(rt.ctx)
		if err := errors.Join(err, s.Close()); err != nil {
			return "", err
		}
		if len(accounts) > 0 {
			return c.config.Listen, nil
		}
	}
	fmt.Fprintf(rt.stdout, "Nobody has an account yet, so the pages answer on this machine alone. Make one, then start again to listen on %s.\n", c.config.Listen)
	return net.JoinHostPort("127.0.0.1", port), nil
}

// busy explains an address that is taken: mostly by a desk that runs already, which is no fault.
func (c *serveCmd) busy(rt *runtimeEnv, err error) error {
	client := http.Client{Timeout: 2 * time.Second}
	resp, get := client.Get("http://" + c.Listen + "/healthz")
	if get == nil {
		defer resp.Body.Close()
		if b, _ := io.ReadAll(io.LimitReader(resp.Body, 100)); strings.HasPrefix(string(b), "marsad") {
			fmt.Fprintf(rt.stdout, "Marsad runs already: http://%s\n", c.Listen)
			return nil
		}
	}
	return usage("cannot listen on %s (%v); choose another address with --listen", c.Listen, err)
}

func (rt *runtimeEnv) logger(level, format string) *slog.Logger {
	var l slog.Level
	_ = l.UnmarshalText([]byte(level)) // config has checked it
	o := &slog.HandlerOptions{Level: l}
	if format == "json" {
		return slog.New(slog.NewJSONHandler(rt.stderr, o))
	}
	return slog.New(slog.NewTextHandler(rt.stderr, o))
}

// server is the running program: a listener, and behind it the house of the day.
type server struct {
	*serveCmd
	rt     *runtimeEnv
	folder string
	base   string
	log    *slog.Logger
	pages  atomic.Pointer[http.Handler]
	store  atomic.Pointer[sqlite.Store] // of the house whose doors are open
}

func (s *server) run(ctx context.Context, listener net.Listener) error {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "marsad", Version) })
	mux.HandleFunc("GET /readyz", s.ready)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if h := s.opened(r.Context()); h != nil {
			(*h).ServeHTTP(w, r)
			return
		}
		w.Header().Set("Retry-After", "1")
		http.Error(w, "the desk is opening", http.StatusServiceUnavailable)
	})
	httpServer := &http.Server{Handler: patient(mux, longestPause), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		BaseContext: func(net.Listener) context.Context { return ctx }, ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug)}
	failed := make(chan error, 1)
	go func() { failed <- httpServer.Serve(listener) }()
	err := s.houses(ctx)
	shut, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if e := httpServer.Shutdown(shut); e != nil {
		e = httpServer.Close()
		err = errors.Join(err, e)
	}
	if e := <-failed; !errors.Is(e, http.ErrServerClosed) {
		err = errors.Join(err, e)
	}
	return err
}

// opened gives the pages of the day. Whoever asks while one house makes way for the next waits a little, so that the click that ends
// the demo leads to the new desk and not to an error.
func (s *server) opened(ctx context.Context) *http.Handler {
	for range 100 {
		if h := s.pages.Load(); h != nil {
			return h
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(100 * time.Millisecond):
		}
	}
	return nil
}

// houses runs the demo first where there is no desk yet, and the desk once it is wanted.
func (s *server) houses(ctx context.Context) error {
	setup := ""
	if s.Demo || !exists(filepath.Join(s.folder, deskFile)) {
		token, clean, err := s.demo(ctx)
		if err != nil || !clean {
			return err
		}
		setup = token // whoever asked for a clean desk goes on there without being asked again
	}
	return s.live(ctx, setup)
}

// demo runs the invented world in a folder of its own until ctx ends, or until somebody asks for a clean desk.
func (s *server) demo(ctx context.Context) (setup string, clean bool, err error) {
	folder := filepath.Join(s.folder, demoFolder)
	if err := os.RemoveAll(folder); err != nil { // it is a demo: each start tells it from the beginning
		return "", false, err
	}
	unlock, err := lock(folder) // commands that need a desk which does not run look there
	if err != nil {
		return "", false, err
	}
	defer unlock()
	world, err := corpus.Load()
	if err != nil {
		return "", false, err
	}
	wire, err := demo.New(world, demo.Options{Within: s.Within})
	if err != nil {
		return "", false, err
	}
	if err := wire.Listen(""); err != nil {
		return "", false, err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	served := make(chan error, 1)
	go func() { served <- wire.Serve(ctx) }()
	cleaned := errors.New("a clean desk was asked for")
	h, err := s.rt.open(ctx, plan{
		file: filepath.Join(folder, deskFile), base: s.base, demo: true, hosts: wire.Hosts(), names: s.Host, log: s.log, config: s.config, alone: true,
		clean: func(context.Context) error { s.pages.Store(nil); cancel(cleaned); return nil },
	})
	if err != nil {
		return "", false, err
	}
	if err := furnish(ctx, h, wire); err != nil {
		return "", false, errors.Join(err, h.Close())
	}
	s.announce(h, true)
	err = s.occupy(ctx, h)
	if errors.Is(context.Cause(ctx), cleaned) {
		return h.keeper.SetupToken(), true, errors.Join(err, <-served, os.RemoveAll(folder))
	}
	return "", false, errors.Join(err, <-served)
}

// live runs the reader's own desk.
func (s *server) live(ctx context.Context, setup string) error {
	h, err := s.rt.open(ctx, plan{file: filepath.Join(s.folder, deskFile), base: s.base, names: s.Host, log: s.log, config: s.config, setup: setup, alone: true})
	if err != nil {
		return err
	}
	s.announce(h, false)
	return s.occupy(ctx, h)
}

// occupy opens the house's doors and runs its desk until ctx ends.
func (s *server) occupy(ctx context.Context, h *house) error {
	s.store.Store(h.store)
	s.pages.Store(&h.pages)
	err := h.desk.Run(ctx)
	s.pages.Store(nil)
	s.store.Store(nil)
	return errors.Join(err, h.Close())
}

func (s *server) announce(h *house, isDemo bool) {
	say := func(format string, args ...any) { fmt.Fprintf(s.rt.stdout, format+"\n", args...) }
	say("Marsad %s", Version)
	if isDemo {
		say("This is the demo: an invented world of outlets, people and happenings. It mails nobody.")
	}
	say("  %s", s.base)
	if !h.keeper.Claimed(s.rt.ctx) {
		say("  to change anything: %s/setup?token=%s", s.base, h.keeper.SetupToken())
	}
	say("")
	say("Three commands to try:")
	me := s.program()
	say("  %s read %s", me, s.sample())
	say("  %s search 'where:Izmir'", me)
	say("  %s watch test 'harbour OR ميناء OR порт'", me)
}

// program gives how whoever started this can call it again, also where it lies in no path, or was built to run once.
func (s *server) program() string {
	me, err := os.Executable()
	if err != nil {
		return "marsad"
	}
	folder := ""
	if s.rt.data != "" && s.rt.data != os.Getenv("MARSAD_DATA_DIR") {
		folder = " --data " + s.rt.data
	}
	if strings.Contains(filepath.ToSlash(me), "/go-build") {
		return "go run ./cmd/marsad" + folder
	}
	if _, err := exec.LookPath("marsad"); err != nil {
		return me + folder
	}
	return "marsad" + folder
}

// sample gives a page to read: one of the demo's, laid into the data folder, since there may be no network.
func (s *server) sample() string {
	path := filepath.Join(s.folder, "sample.txt")
	if body, err := samplePage(); err == nil && !exists(path) {
		if err := os.WriteFile(path, body, 0o600); err != nil {
			s.log.Warn("the sample page could not be laid down", "err", err)
		}
	}
	return path
}

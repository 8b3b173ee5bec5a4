// Package config makes one value of all that an operator can set: defaults, then the file, then the environment, then flags, each
// over the one before. It imports nothing of ours and changes nothing; what is set while the desk runs (mail, accounts, watches)
// is not here but in the desk's store.
package config

import (
	"fmt"
	"net/netip"
	"net/url"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

// Config is what an operator can set. The names of the file's keys are those of the fields in small letters with hyphens, those of
// the environment MARSAD_ and capitals: KeepPages is keep-pages and MARSAD_KEEP_PAGES.
type Config struct {
	Listen string `help:"address that the pages are served on"`
	Base   string `help:"address under which people reach the pages, for links in mails; empty: http:// and Listen"`
	Name   string `help:"what the desk calls itself"`
	About  string `help:"address of a page, or a mail address, of whoever runs the desk; it stands in the User-Agent"`
	Log    string `help:"debug, info, warn or error"`

	LogFormat string `help:"text, or json for programs that gather logs"`

	Pause time.Duration  `help:"between requests to one host"`
	Bytes int64          `help:"most that is read of one page or feed"`
	Allow []netip.Prefix `help:"networks that may be fetched from and posted to although they are not public"`

	FirstEvery time.Duration `help:"how often a new feed is asked"`
	MinEvery   time.Duration `help:"how often a busy feed is asked at most"`
	MaxEvery   time.Duration `help:"how often a quiet feed is asked at least"`
	KeepPages  time.Duration `help:"how long raw pages are kept; 0: for ever"`
	Cores      int           `help:"pages read at once; 0: one a core"`
}

// Default gives what holds where nothing is set.
func Default() Config {
	return Config{Listen: "127.0.0.1:8080", Name: "Marsad", Log: "info", LogFormat: "text", Pause: time.Second, Bytes: 16 << 20,
		FirstEvery: 10 * time.Minute, MinEvery: 2 * time.Minute, MaxEvery: 3 * time.Hour, KeepPages: 30 * 24 * time.Hour}
}

// Problem is a setting that cannot be used, and where it stands.
type Problem struct {
	Where, Key, Value, Why string
}

func (p *Problem) Error() string {
	return fmt.Sprintf("%s: %s = %q: %s", p.Where, p.Key, p.Value, p.Why)
}

// Load puts a file's text and an environment over the defaults. where is the file's name for errors; no text is no file. The error
// is a *Problem.
func Load(where, text string, environ []string) (Config, error) {
	c := Default()
	var file map[string]any
	if _, err := toml.Decode(text, &file); err != nil {
		return c, &Problem{Where: where, Why: err.Error()}
	}
	for key, v := range file {
		if err := c.Set(where, key, written(v)); err != nil {
			return c, err
		}
	}
	for _, e := range environ {
		name, v, _ := strings.Cut(e, "=")
		for _, key := range Keys() {
			if name == Variable(key) {
				if err := c.Set(name, key, v); err != nil {
					return c, err
				}
			}
		}
	}
	return c, c.Check(where)
}

// written gives a value of the file as text; a list has commas between.
func written(v any) string {
	list, ok := v.([]any)
	if !ok {
		return fmt.Sprint(v)
	}
	var parts []string
	for _, e := range list {
		parts = append(parts, fmt.Sprint(e))
	}
	return strings.Join(parts, ",")
}

// Keys gives the names of all settings as the file writes them.
func Keys() (keys []string) {
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Config]()) {
		keys = append(keys, keyOf(f.Name))
	}
	return keys
}

// Variable gives the name of a setting in the environment.
func Variable(key string) string {
	return "MARSAD_" + strings.ToUpper(strings.ReplaceAll(key, "-", "_"))
}

func keyOf(field string) string {
	var b strings.Builder
	for i, r := range field {
		if i > 0 && 'A' <= r && r <= 'Z' {
			b.WriteByte('-')
		}
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}

// Set sets one value by its key, as a flag does. where is named by the *Problem.
func (c *Config) Set(where, key, value string) error {
	v := reflect.ValueOf(c).Elem()
	for i, f := range reflect.VisibleFields(v.Type()) {
		if keyOf(f.Name) != key {
			continue
		}
		if err := set(v.Field(i).Addr().Interface(), strings.TrimSpace(value)); err != nil {
			return &Problem{where, key, value, err.Error()}
		}
		return nil
	}
	return &Problem{where, key, value, "there is no such setting; there are " + strings.Join(Keys(), " ")}
}

func set(into any, s string) (err error) {
	switch into := into.(type) {
	case *string:
		*into = s
	case *int:
		*into, err = strconv.Atoi(s)
	case *int64:
		*into, err = strconv.ParseInt(s, 10, 64)
	case *time.Duration:
		*into, err = duration(s)
	case *[]netip.Prefix:
		*into, err = prefixes(s)
	}
	return err
}

// duration reads 90s, 10m, 36h, and also days: 30d.
func duration(s string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(s, "d"); ok {
		n, err := strconv.ParseUint(days, 10, 16)
		return time.Duration(n) * 24 * time.Hour, err
	}
	if s == "0" {
		return 0, nil
	}
	d, err := time.ParseDuration(s)
	if err != nil {
		return 0, fmt.Errorf("not a length of time such as 90s, 10m, 36h or 30d")
	}
	return d, nil
}

func prefixes(s string) (all []netip.Prefix, err error) {
	for _, p := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' }) {
		if !strings.Contains(p, "/") {
			a, err := netip.ParseAddr(p)
			if err != nil {
				return nil, err
			}
			all = append(all, netip.PrefixFrom(a, a.BitLen()))
			continue
		}
		prefix, err := netip.ParsePrefix(p)
		if err != nil {
			return nil, err
		}
		all = append(all, prefix)
	}
	return all, nil
}

// Check refuses what cannot work together. The error is a *Problem that names where.
func (c *Config) Check(where string) error {
	bad := func(key, value, why string) error { return &Problem{where, key, value, why} }
	switch {
	case !strings.Contains(c.Listen, ":"):
		return bad("listen", c.Listen, "needs a port, such as 127.0.0.1:8080")
	case c.MinEvery <= 0 || c.FirstEvery < c.MinEvery || c.MaxEvery < c.FirstEvery:
		return bad("first-every", c.FirstEvery.String(), "has to lie between min-every, which is more than 0, and max-every")
	case c.Pause < 0 || c.Bytes <= 0 || c.KeepPages < 0 || c.Cores < 0:
		return bad("pause, bytes, keep-pages, cores", "", "none of them can be negative, and bytes not 0")
	case !strings.Contains(" debug info warn error ", " "+c.Log+" "):
		return bad("log", c.Log, "is none of debug, info, warn, error")
	case c.LogFormat != "text" && c.LogFormat != "json":
		return bad("log-format", c.LogFormat, "is neither text nor json")
	}
	if u, err := url.Parse(c.Base); c.Base != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		return bad("base", c.Base, "is no address: it begins with http:// or https://")
	}
	c.Base = strings.TrimSuffix(c.Base, "/")
	return nil
}

// DataFolder gives the desk's folder where none was named: $XDG_DATA_HOME/marsad, else ~/.local/share/marsad.
func DataFolder(getenv func(string) string) (string, error) {
	if d := getenv("XDG_DATA_HOME"); filepath.IsAbs(d) {
		return filepath.Join(d, "marsad"), nil
	}
	home := getenv("HOME")
	if home == "" {
		return "", fmt.Errorf("neither XDG_DATA_HOME nor HOME is set: name a data folder")
	}
	return filepath.Join(home, ".local", "share", "marsad"), nil
}

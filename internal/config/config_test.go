package config

import (
	"errors"
	"fmt"
	"net/netip"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func ExampleLoad() {
	c, err := Load("marsad.toml", `
		name = "Harbour desk"
		keep-pages = "30d"
		allow = ["10.1.0.0/16", "192.168.1.7"]
	`, []string{"MARSAD_NAME=Night desk", "HOME=/x"})
	fmt.Println(c.Name, c.KeepPages, c.Allow, c.Listen, err)
	// Output: Night desk 720h0m0s [10.1.0.0/16 192.168.1.7/32] 127.0.0.1:8080 <nil>
}

func TestEachOverTheOneBefore(t *testing.T) {
	c, err := Load("f", "pause = \"2s\"\nbytes = 5\ncores = 3", []string{"MARSAD_PAUSE=3s", "MARSAD_MAX_EVERY=1d"})
	if err != nil || c.Pause != 3*time.Second || c.Bytes != 5 || c.Cores != 3 || c.MaxEvery != 24*time.Hour || c.MinEvery != Default().MinEvery {
		t.Fatalf("%+v %v", c, err)
	}
	if err := c.Set("--pause", "pause", "4s"); err != nil || c.Pause != 4*time.Second {
		t.Errorf("%v %v", c.Pause, err)
	}
}

func TestRefused(t *testing.T) {
	for _, text := range []string{"nonsense", "unknown = 1", `pause = "soon"`, `pause = "-1s"`, `cores = "x"`, `allow = "10.0.0"`, `listen = "here"`, `min-every = "0s"`,
		`first-every = "5h"`, `log = "loud"`, `base = "desk.example"`, `keep-pages = "-1d"`} {
		_, err := Load("marsad.toml", text, nil)
		var p *Problem
		if !errors.As(err, &p) || p.Where != "marsad.toml" || p.Why == "" {
			t.Errorf("%s: %v", text, err)
		}
	}
	if _, err := Load("f", "", []string{"MARSAD_CORES=many"}); err == nil || !strings.HasPrefix(err.Error(), "MARSAD_CORES: ") {
		t.Errorf("got %v", err)
	}
}

func TestEverySettingCanBeSet(t *testing.T) {
	values := map[string]string{"allow": "::1"}
	for _, key := range Keys() {
		c := Config{}
		v := values[key]
		if v == "" {
			v = "7"
			if strings.HasSuffix(key, "every") || key == "pause" || key == "keep-pages" {
				v = "7s"
			}
		}
		if err := c.Set("test", key, v); err != nil {
			t.Errorf("%v", err)
		}
		if fmt.Sprintf("%+v", c) == fmt.Sprintf("%+v", Config{}) {
			t.Errorf("%s set nothing", key)
		}
	}
	if got := Variable("keep-pages"); got != "MARSAD_KEEP_PAGES" {
		t.Error(got)
	}
	if p := Default().Allow; p != nil {
		t.Errorf("%v may be fetched from by default", p)
	}
	if a, err := prefixes("::1 10.0.0.0/8"); err != nil || a[0] != netip.MustParsePrefix("::1/128") {
		t.Errorf("%v %v", a, err)
	}
}

func TestDataFolder(t *testing.T) {
	env := map[string]string{}
	get := func(k string) string { return env[k] }
	if _, err := DataFolder(get); err == nil {
		t.Error("a folder out of nothing")
	}
	env["HOME"] = "/home/sami"
	if d, err := DataFolder(get); err != nil || d != filepath.FromSlash("/home/sami/.local/share/marsad") {
		t.Errorf("%s %v", d, err)
	}
	env["XDG_DATA_HOME"] = "/data"
	if d, err := DataFolder(get); err != nil || d != filepath.FromSlash("/data/marsad") {
		t.Errorf("%s %v", d, err)
	}
}

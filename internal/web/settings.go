package web

import (
	"encoding/json"
	"net/mail"
	"strconv"
	"strings"
	"time"

	"marsad/internal/auth"
	"marsad/internal/fault"
	"marsad/internal/i18n"
	"marsad/news"
)

// The names of the settings that these pages keep in the store.
const (
	SettingMail = "mail" // a Mail as JSON
	SettingDesk = "desk" // a DeskSettings as JSON
)

// Mail is the account that notices are sent through.
type Mail struct {
	Host     string `json:"host"`
	Port     int    `json:"port"`
	User     string `json:"user"`
	Password string `json:"password"`
	From     string `json:"from"`
	Security string `json:"security"` // "starttls", "tls" or "none"
}

// DeskSettings are the desk's own.
type DeskSettings struct {
	Name    string `json:"name"`
	Address string `json:"address"` // under which mails link to it
	Keep    int    `json:"keep"`    // days that fetched pages are kept; 0 = for ever
}

type settingsPage struct {
	Mail       Mail
	HasPass    bool
	Desk       DeskSettings
	Recipients []news.Recipient
	Digits     string
	Zone       string
	Lang       string
	Token      string // a new API token, shown once
	Others     bool   // other browsers are signed in
	Browsers   []session
	Programs   []session
	Base       string
	Problem    string
}

func (s *site) settings(v *visit) error { return v.showSettings("", "") }

func (v *visit) showSettings(token, problem string) error {
	ctx := v.r.Context()
	p := settingsPage{Digits: v.words.Digits(), Zone: v.words.Zone().String(), Lang: v.words.Lang(), Token: token, Problem: problem, Base: v.asBase()}
	var err error
	if p.Browsers, p.Programs, err = v.sessions(); err != nil {
		return err
	}
	p.Others = len(p.Browsers) > 1
	if v.who.Role >= auth.Admin {
		p.Mail, p.Desk = v.mail(), v.desk()
		p.HasPass, p.Mail.Password = p.Mail.Password != "", ""
		if p.Recipients, err = v.s.Store.Recipients(ctx); err != nil {
			return err
		}
	}
	if problem != "" {
		v.status = 422
	}
	v.show("settings", v.words.Text("settings.title"), "settings", p)
	return nil
}

func (v *visit) mail() (m Mail) {
	v.setting(SettingMail, &m)
	return m
}

func (v *visit) desk() (d DeskSettings) {
	v.setting(SettingDesk, &d)
	return d
}

// setting reads a setting; one that is not set or not readable leaves the value as it is.
func (v *visit) setting(key string, into any) {
	b, err := v.s.Store.Setting(v.r.Context(), key)
	if err != nil {
		return
	}
	if err := json.Unmarshal(b, into); err != nil {
		v.s.Log.Warn("setting is not readable", "key", key, "err", err)
	}
}

func (v *visit) keep(key string, value any) error {
	b, err := json.Marshal(value)
	if err != nil {
		return err
	}
	if err := v.s.Store.SetSetting(v.r.Context(), key, b); err != nil {
		return err
	}
	return v.reload()
}

func (v *visit) mailReady() bool { return v.mail().Host != "" }

// saveSettings keeps the reader's own choices in the browser.
func (s *site) saveSettings(v *visit) error {
	v.choose("lang", v.form("lang"))
	v.choose("theme", v.form("theme"))
	v.choose("digits", v.form("digits"))
	v.choose("zone", v.form("zone"))
	v.choose("keys", v.form("keys"))
	return v.done("/settings", "settings-saved")
}

// choose keeps a choice if it is one that exists.
func (v *visit) choose(name, value string) {
	ok := map[string]func(string) bool{
		"lang":   i18n.Known,
		"theme":  func(s string) bool { return s == "light" || s == "dark" || s == "" },
		"digits": func(s string) bool { return s == "arab" || s == "latn" || s == "" },
		"view":   func(s string) bool { return views[s] || s == "" },
		"keys":   func(s string) bool { return s == "off" || s == "" },
		"zone": func(s string) bool {
			_, err := time.LoadLocation(s)
			return err == nil && len(s) < 64
		},
	}[name]
	if ok != nil && ok(value) {
		v.remember(name, value)
	}
}

// prefs sets one choice by a link and comes back. It changes nothing but the reader's own browser.
func (s *site) prefs(v *visit) error {
	for name, values := range v.r.URL.Query() {
		if name != "next" && len(values) == 1 {
			v.choose(name, values[0])
		}
	}
	v.redirect(local(v.query("next")))
	return nil
}

func (s *site) saveDesk(v *visit) error {
	d := v.desk()
	d.Name, d.Address = clip(v.form("name"), 80), strings.TrimRight(v.form("address"), "/")
	d.Keep, _ = strconv.Atoi(v.form("keep")) // empty: for ever
	if d.Keep < 0 {
		d.Keep = 0
	}
	if err := v.keep(SettingDesk, d); err != nil {
		return err
	}
	return v.done("/settings", "settings-saved")
}

func (s *site) saveMail(v *visit) error {
	m := v.mail()
	m.Host, m.User, m.From, m.Security = v.form("host"), v.form("user"), v.form("from"), v.form("security")
	if p := v.r.PostFormValue("password"); p != "" {
		m.Password = p
	}
	m.Port, _ = strconv.Atoi(v.form("port")) // checked below
	if m.Host != "" && (m.Port < 1 || m.Port > 65535 || checkMail(m.From) != nil || strings.ContainsAny(m.Host, " /\r\n")) {
		return v.showSettings("", v.words.Text("settings.mail-rules"))
	}
	if m.Security != "tls" && m.Security != "none" {
		m.Security = "starttls"
	}
	if err := v.keep(SettingMail, m); err != nil {
		return err
	}
	return v.done("/settings", "settings-saved")
}

// checkMail tells whether an address is one plain mail address. The error is Invalid.
func checkMail(address string) error {
	a, err := mail.ParseAddress(address)
	if err != nil || a.Address != address || len(address) > 254 || strings.ContainsAny(address, "\r\n\"<> ") {
		return fault.New(fault.Invalid, "%q is no mail address", address)
	}
	return nil
}

func (s *site) testMail(v *visit) error {
	id, err := strconv.ParseInt(v.form("to"), 10, 64)
	if err != nil || s.Desk.TestMail == nil {
		return fault.New(fault.Invalid, "choose a recipient")
	}
	if err := s.Desk.TestMail(v.r.Context(), id); err != nil {
		return err
	}
	return v.done("/outbox", "test-planned")
}

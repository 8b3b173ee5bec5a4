package web

import (
	"strconv"
	"strings"
	"time"

	"marsad/internal/auth"
	"marsad/internal/fault"
	"marsad/internal/store"
)

// session is a sign-in or a token as the settings show it.
type session struct {
	store.Session
	Here bool // of this browser
}

// sessions gives where the visitor is signed in, and the programs that read for them.
func (v *visit) sessions() (browsers, programs []session, err error) {
	if v.who.Account == nil {
		return nil, nil, nil
	}
	list, err := v.s.Store.Sessions(v.r.Context(), v.who.Account.ID)
	for _, x := range list {
		switch s := (session{x, x.CSRF == v.who.CSRF}); x.Kind {
		case auth.Program:
			programs = append(programs, s)
		case auth.Browser:
			browsers = append(browsers, s)
		}
	}
	return browsers, programs, err
}

// endSession ends a session or token of the visitor's own, or for "others" all browsers but this one.
func (s *site) endSession(v *visit) error {
	if err := v.inPerson(); err != nil {
		return err
	}
	browsers, programs, err := v.sessions()
	if err != nil {
		return err
	}
	which, ended := v.form("session"), 0
	for _, x := range append(browsers, programs...) {
		if x.TokenHash == which || which == "others" && x.Kind == auth.Browser && !x.Here {
			if err := s.Store.DeleteSession(v.r.Context(), x.TokenHash); err != nil {
				return err
			}
			ended++
			v.about = x.Name
		}
	}
	if ended == 0 {
		return fault.New(fault.NotFound, "it has ended already")
	}
	return v.done("/settings", "token-ended")
}

// tokenDays are the days that a token may be made for.
var tokenDays = []int{30, 7, 90, 365}

func (s *site) addToken(v *visit) error {
	if err := v.inPerson(); err != nil {
		return err
	}
	if v.who.Account == nil {
		return fault.New(fault.Invalid, "tokens belong to accounts; make one first")
	}
	days, _ := strconv.Atoi(v.form("days")) // an unreadable number is none that may be chosen
	if !contains(tokenDays, days) {
		days = tokenDays[0]
	}
	name := clip(v.form("name"), 60)
	t, err := s.Auth.ScopedToken(v.r.Context(), v.who.Account.ID, name, v.form("scope"), time.Duration(days)*24*time.Hour)
	if err != nil {
		return err
	}
	v.about = name
	return v.showSettings(t, "")
}

// changePassword takes a new password from who knows the old one, and signs everything else out.
func (s *site) changePassword(v *visit) error {
	if err := v.inPerson(); err != nil {
		return err
	}
	if v.who.Account == nil {
		return fault.New(fault.Invalid, "passwords belong to accounts; make one first")
	}
	err := s.Auth.CheckPassword(v.r.Context(), v.who.Account.Name, v.r.PostFormValue("old"), remote(v.r))
	switch {
	case fault.Is(err, fault.Denied):
		return v.showSettings("", v.words.Text("account.wrong"))
	case fault.Is(err, fault.Temporary):
		return v.showSettings("", v.words.Text("signin.wait"))
	case err != nil:
		return err
	}
	keep := ""
	if c, err := v.r.Cookie(auth.SessionCookie); err == nil {
		keep = c.Value
	}
	err = s.Auth.SetPassword(v.r.Context(), v.who.Account.ID, v.r.PostFormValue("new"), keep)
	if fault.Is(err, fault.Invalid) {
		return v.showSettings("", v.words.Text("setup.account-rules"))
	} else if err != nil {
		return err
	}
	return v.done("/settings", "password-changed")
}

// asBase gives the address under which this request came, for programs to ask.
func (v *visit) asBase() string {
	scheme := "http://"
	if v.r.TLS != nil || v.r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https://"
	}
	return scheme + v.r.Host
}

// agentName names a browser and its system by what it says of itself, so that who looks over their sign-ins knows them apart; "" for one
// that it does not know.
func agentName(agent string) string {
	var found []string
	for _, kinds := range [][][2]string{
		{{"Firefox/", "Firefox"}, {"Edg/", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser/", "Samsung Internet"}, {"Chrome/", "Chrome"}, {"CriOS/", "Chrome"}, {"FxiOS/", "Firefox"}, {"Safari/", "Safari"}},
		{{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Mac OS X", "macOS"}, {"CrOS", "ChromeOS"}, {"Linux", "Linux"}},
	} {
		for _, k := range kinds {
			if strings.Contains(agent, k[0]) {
				found = append(found, k[1])
				break
			}
		}
	}
	return strings.Join(found, ", ")
}

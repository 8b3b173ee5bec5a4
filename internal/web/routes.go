package web

import (
	"net/http"
	"slices"

	"marsad/internal/auth"
)

// route is an address of the site with what it takes to use it.
type route struct {
	pattern string
	need    auth.Role
	pure    bool // a POST that changes nothing, for which reading is enough
	do      func(*visit) error
}

// routes is the table of everything that can be asked of the site; the tests walk over it.
func (s *site) routes() []route {
	return slices.Concat(s.newsRoutes(), s.deskRoutes(), s.accountRoutes(), s.listRoutes(), s.pushRoutes(), s.openFeedRoutes())
}

// newsRoutes is what can be asked of stories, articles and names.
func (s *site) newsRoutes() []route {
	return []route{
		{"GET /{$}", auth.Reader, false, s.now},
		{"GET /stories/{id}", auth.Reader, false, s.story},
		{"GET /feed.atom", auth.Reader, false, s.feed(s.nowFeed)},
		{"GET /feed.json", auth.Reader, false, s.feed(s.nowFeed)},
		{"GET /stories/{id}/feed.atom", auth.Reader, false, s.feed(s.storyFeed)},
		{"GET /stories/{id}/feed.json", auth.Reader, false, s.feed(s.storyFeed)},
		{"GET /stories/{id}/brief.txt", auth.Reader, false, s.brief},
		{"GET /stories/{id}/brief.md", auth.Reader, false, s.brief},
		{"POST /stories/{id}/mark", auth.Reader, false, s.markStory},
		{"POST /stories/{id}/correct", auth.Editor, false, s.correctStory},
		{"POST /corrections/{id}/undo", auth.Editor, false, s.undoCorrection},
		{"POST /articles/{id}/mark", auth.Reader, false, s.markArticle},
		{"POST /articles/{id}/fault", auth.Reader, false, s.reportFault},
		{"GET /articles/{id}", auth.Reader, false, s.article},
		{"GET /articles/{id}/changes", auth.Reader, false, s.changes},
		{"GET /articles/{id}/picture/{n}", auth.Reader, false, s.picture},
		{"GET /diary", auth.Reader, false, s.diary},
		{"GET /diary.ics", auth.Reader, false, s.calendar},
		{"GET /articles/{id}/page", auth.Reader, false, s.untouched},
		{"GET /entities/{id}", auth.Reader, false, s.entity},
		{"POST /entities/{id}/mark", auth.Reader, false, s.markName},
		{"POST /sources/{id}/mark", auth.Reader, false, s.markSource},
		{"POST /seen", auth.Reader, false, s.seeAll},
		{"GET /mylist", auth.Reader, false, s.myList},
		{"POST /mylist", auth.Reader, false, s.changeList},
		{"GET /search/feed.atom", auth.Reader, false, s.feed(s.searchFeed)},
		{"GET /search/feed.json", auth.Reader, false, s.feed(s.searchFeed)},
		{"GET /search", auth.Reader, false, s.search},
		{"GET /read", auth.Reader, false, s.readForm},
		{"POST /read", auth.Reader, true, s.read},
	}
}

// deskRoutes is the rest of the table: what the desk does for people, and who they are.
func (s *site) deskRoutes() []route {
	return []route{
		{"GET /watches", auth.Reader, false, s.watches},
		{"GET /watches/new", auth.Reader, false, s.newWatch},
		{"GET /watches/explain", auth.Reader, false, s.explainQuery},
		{"GET /watches/{id}", auth.Reader, false, s.watch},
		{"GET /watches/{id}/feed.atom", auth.Reader, false, s.feed(s.watchFeed)},
		{"GET /watches/{id}/feed.json", auth.Reader, false, s.feed(s.watchFeed)},
		{"POST /watches", auth.Editor, false, s.saveWatch},
		{"POST /watches/{id}", auth.Editor, false, s.saveWatch},
		{"POST /watches/{id}/delete", auth.Editor, false, s.deleteWatch},
		{"POST /watches/{id}/owner", auth.Admin, false, s.giveWatch},
		{"GET /watches/{id}/told", auth.Reader, false, s.watchDecided},
		{"POST /watches/{id}/hush", auth.Editor, false, s.hushWatch},
		{"GET /stories/{id}/told", auth.Reader, false, s.storyDecided},
		{"GET /sources", auth.Reader, false, s.sources},
		{"POST /sources", auth.Editor, false, s.addSources},
		{"GET /sources/packs", auth.Reader, false, s.packs},
		{"POST /sources/pack", auth.Editor, false, s.addPack},
		{"GET /sources.opml", auth.Reader, false, s.opml},
		{"GET /sources/{id}/feed.atom", auth.Reader, false, s.feed(s.sourceFeed)},
		{"GET /sources/{id}/feed.json", auth.Reader, false, s.feed(s.sourceFeed)},
		{"GET /sources/{id}", auth.Reader, false, s.source},
		{"POST /sources/{id}", auth.Editor, false, s.saveSource},
		{"POST /sources/{id}/fetch", auth.Editor, false, s.fetchSource},
		{"POST /sources/{id}/delete", auth.Editor, false, s.deleteSource},
		{"GET /outbox", auth.Reader, false, s.outbox},
		{"GET /outbox/{id}", auth.Reader, false, s.notice},
		{"GET /outbox/{id}/message", auth.Reader, false, s.message},
		{"POST /outbox/{id}/confirm", auth.Editor, false, s.confirmNotice},
		{"POST /outbox/{id}/release", auth.Editor, false, s.releaseNotice},
		{"GET /settings", auth.Reader, false, s.settings},
		{"POST /settings", auth.Reader, false, s.saveSettings},
		{"POST /settings/desk", auth.Admin, false, s.saveDesk},
		{"POST /settings/mail", auth.Admin, false, s.saveMail},
		{"POST /settings/tokens", auth.Reader, false, s.addToken},
		{"POST /settings/tokens/end", auth.Reader, false, s.endSession},
		{"POST /settings/password", auth.Reader, false, s.changePassword},
		{"GET /audit", auth.Admin, false, s.audit},
		{"POST /settings/test", auth.Admin, false, s.testMail},
		{"GET /events", auth.Reader, false, s.events},
		{"GET /prefs", auth.Nobody, false, s.prefs},
		{"GET /setup", auth.Nobody, false, s.setup},
		{"POST /setup", auth.Nobody, false, s.takeSetup},
		{"POST /setup/sources", auth.Admin, false, s.firstSources},
		{"POST /setup/watch", auth.Admin, false, s.firstWatch},
		{"POST /setup/account", auth.Admin, false, s.firstAccount},
		{"POST /setup/clean", auth.Admin, false, s.startClean},
		{"GET /signin", auth.Nobody, false, s.signinForm},
		{"POST /signin", auth.Nobody, false, s.signin},
		{"POST /signout", auth.Reader, false, s.signout},
		{"GET /unsubscribe/{token}", auth.Nobody, false, s.unsubscribeForm},
		{"POST /unsubscribe/{token}", auth.Nobody, false, s.unsubscribe},
		{"GET /confirm/{token}", auth.Nobody, false, s.confirmForm},
		{"POST /confirm/{token}", auth.Nobody, false, s.confirm},
		{"GET /sw.js", auth.Nobody, false, s.worker},
		{"GET /app.webmanifest", auth.Nobody, false, s.manifest},
		{"GET /about", auth.Reader, false, s.about},
		{"GET /healthz", auth.Nobody, false, s.healthz},
		{"/", auth.Nobody, false, s.nowhere},
	}
}

// handle wraps a route: who is it, may they, and what to show when it fails.
func (s *site) handle(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		v := s.visit(w, r)
		need := rt.need
		err := v.who.May(need, r)
		if rt.pure && v.who.Role >= need {
			err = nil
		}
		if err != nil {
			v.refused(need, err)
			return
		}
		v.need = need
		if err := rt.do(v); err != nil {
			v.fail(err)
			return
		}
		v.noteRoute(rt.pattern)
	})
}

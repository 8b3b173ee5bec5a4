# Every target says what it prints. `./check` is the whole test; these are its longer and its measuring relatives.

.PHONY: check build quality quality-story month-story oracle conformance bench bench-search bench-page bench-mail bench-listmonk bench-web bench-match bench-story crash power fuzz screenshots

check: ## all tests, as CI runs them
	./check

build: ## one static binary, ./marsad
	CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o marsad ./cmd/marsad

quality: ## scores by stage and language beside their floors: `measure value peer bar ok|short`
	@go test -count=1 -v ./internal/quality >quality.log 2>&1; code=$$?; grep -aE '(ok|short)$$|FAIL|SKIP|fell to' quality.log | sed 's/^ *[a-z_]*_test.go:[0-9]*: //'; rm quality.log; exit $$code
	@cd bench && go test -count=1 -v -run 'DatesInWords|EnglishNames' . | grep -aE '(ok|short)$$|FAIL' | sed 's/^ *[a-z_]*_test.go:[0-9]*: //'

quality-story: ## stories, copies, translations and first reporters beside simpler ways; wrong merges and splits with their reasons
	@MISSES=story go test -count=1 -v -run 'TestStory' ./internal/quality

month-story: ## what breaks in a simulated month of 10,000 items a day; some twenty minutes, MONTH=6 for six days
	MARSAD_MONTH=$(or $(MONTH),30) MISSES=story go test -count=1 -timeout 120m -v -run TestStoryMonth ./internal/quality

bench: ## items a second through process; from the wire to an accepted mail, p50 and p99
	go test -run '^$$' -bench . -benchtime 1x ./internal/desk
	go test -run '^$$' -bench . ./analysis ./text
	go test -run '^$$' -bench Postfix -benchtime 1x -v ./internal/e2e
	go test -run '^$$' -bench ServerTime -benchtime 2s ./internal/web

bench-mail: ## a hundred thousand subscribers through Postfix beside its own smtp-source; RECIPIENTS=10000 for fewer
	MARSAD_RECIPIENTS=$(or $(RECIPIENTS),100000) go test -run '^$$' -bench List -benchtime 1x -timeout 60m -v ./internal/e2e

bench-listmonk: ## the same beside listmonk, built from the module proxy into ./bench-listmonk (needs Debian's postgresql); RECIPIENTS=100000 for more
	bench/mail/listmonk.sh bench-listmonk
	MARSAD_LISTMONK=$(CURDIR)/bench-listmonk MARSAD_RECIPIENTS=$(or $(RECIPIENTS),20000) go test -run '^$$' -bench List -benchtime 1x -timeout 90m -v ./internal/e2e

bench-breaking: ## from a breaking article that is processed to the first mail that Postfix accepted, with WATCHES=10000 and STORIES=20 at once
	MARSAD_WATCHES=$(or $(WATCHES),10000) MARSAD_STORIES=$(or $(STORIES),20) go test -run '^$$' -bench Breaking -benchtime 1x -timeout 20m -v ./internal/e2e

bench-web: ## server time of the pages on 100,000 articles, made once (a few minutes, 350 MB in ./bench-web)
	mkdir -p bench-web && MARSAD_BENCH_DIR=$(CURDIR)/bench-web MARSAD_BENCH_ARTICLES=100000 go test -run '^$$' -bench ServerTime -benchtime 100x -timeout 60m -v ./internal/web

bench-match: ## standing queries beside PostgreSQL and bleve; MATCH=-million for a million of them (4 GB)
	cd bench && go run ./match $(MATCH)

bench-search: ## search over a million articles in SQLite, indexing beside bleve; SEARCH='-articles 200000' for fewer; half an hour to bring them in
	cd bench && go run ./search $(SEARCH)

conformance: ## the archive and the stream find the same: 5,000 articles, 500 queries of every kind; minutes
	MARSAD_CONFORMANCE=5000,500 go test -count=1 -timeout 60m -v -run ArchiveAndStream ./internal/sqlite

oracle: ## a hundred million pairs of random query and article, each by the index and by trying the query; takes minutes
	MARSAD_PAIRS=100000000 go test -count=1 -timeout 120m -v -run Trivial ./match

bench-page: ## ours beside go-trafilatura and go-readability on the same pages
	cd bench && go test -count=1 -run TestPageSpeed -v .

bench-story: ## articles placed a second and bytes an article as the window grows; takes long
	go test -run '^$$' -bench Growth -benchtime 1x -timeout 60m ./story

crash: ## a thousand kills
	MARSAD_KILLS=1000 go test -count=1 -timeout 120m -run Crash ./internal/...

power: ## a thousand losses of power in the store's work
	MARSAD_STATES=1000 go test -count=1 -timeout 60m -run PowerLoss -v ./internal/sqlite

fuzz: ## a minute for each fuzz target
	@for p in $$(go list ./...); do for f in $$(go test -list '^Fuzz' $$p | grep ^Fuzz); do echo $$p $$f; go test -run '^$$' -fuzz "^$$f$$" -fuzztime 60s $$p || exit 1; done; done

screenshots: ## every page in English, Arabic and Chinese, light and dark, wide and narrow, and on paper, into ./screenshots
	mkdir -p screenshots && MARSAD_SHOTS=$(CURDIR)/screenshots go test -count=1 -timeout 40m -run TestScreenshots ./internal/web

package page

import "strings"

// hint is what the class, id or role of an element says of its content, as bits.
type hint uint32

const (
	hintBody    hint = 1 << iota // the article's text
	hintRelated                  // other articles
	hintShare                    // share bars, follow buttons
	hintComment                  // readers' comments
	hintPitch                    // newsletters, subscriptions
	hintAd                       // advertisements
	hintCaption                  // a picture's words
	hintCredit                   // a picture's author
	hintByline                   // the authors
	hintDate                     // when it was published
	hintNav                      // menus, breadcrumbs
	hintTags                     // keywords of the article
	hintFooter                   // foot of the page or the article
	hintConsent                  // cookies, privacy
	hintPaywall                  // registration walls
	hintTitle                    // the headline
	hintLead                     // the standfirst
	hintMeta                     // counters, reading times, tools
	hintMedia                    // galleries, players
	hintHidden                   // not shown
	hintBio                      // about the author
	hintPromo                    // promotions inside the text
	hintSource                   // where the article comes from
	hintSidebar                  // side columns
	hintHeader                   // head of the page or the article
	hintQuote                    // pull quotes: repeated text
	hintEmbed                    // posts of social networks
	hintAloud                    // words for screen readers alone; no feature looks at it
)

// hintJunk are the hints of what is not the article's text.
const hintJunk = hintRelated | hintShare | hintComment | hintPitch | hintAd | hintNav | hintTags | hintConsent | hintPaywall | hintBio | hintPromo | hintFooter | hintSidebar

// hintWords are the words from which class names are made, whole words after cutting at hyphens, underscores and capitals.
var hintWords = hintTable(map[hint]string{
	hintBody:    "articlebody articletext articlecontent storybody storytext bodytext entry content body story article post text copy newstext maintext fulltext postcontent articlecopy cuerpo texte artikel haber metin paragraph richtext bodycopy articulo contenido contenu inhalt tekst brodtext brodtekst icerik corpo conteudo testo artikkel artykul tresc noidung articledetail newsdetail newscontent newsbody articlecontents",
	hintRelated: "related relatedposts recirc recirculation recommended recommend recommendation recommendations mostread most popular trending teaser teasers outbrain taboola readmore readnext seealso alsoread latest upnext suggested suggestions crosslink crosslinks linkbox moreon headlines relacionadas relacionados relacionado verwandt ilgili benzer zergnet revcontent mgid dianomi topstories furtherreading interlink inlink ilgilihaber benzerhaber bacajuga terkait tinlienquan leesook lesmer lasmer leesmeer weiterlesen lireaussi leggianche leiamais leiatambem veatambien leetambien vejatambem czytajtez polecane relatednews relatedarticles verwandte relateds ranking rankings readalso",
	hintShare:   "share shares sharing sharebar social socials addthis addtoany sharethis sharedaddy sharetools follow facebook twitter whatsapp telegram pinterest linkedin paylas compartir compartilhar partage partager teilen delen udostepnij condividi",
	hintComment: "comment comments disqus commenting respond livefyre spotim discussion kommentare comentarios commentaires kommentar replies reply commentlist yorum yorumlar komentarze komentari kommentit talkback talkbacks reacties kommentarer binhluan comentario",
	hintPitch:   "newsletter newsletters subscribe subscription signup optin mailchimp mailing suscripcion abonnement abo apppromo donate donation membership nyhetsbrev nyhedsbrev nieuwsbrief infolettre ebulten bulten",
	hintAd:      "ad ads adv advert adverts advertisement advertising advertorial adsense adsbygoogle adunit adslot adwrap adcontainer sponsor sponsored sponsors dfp gpt banner publicidad pub publicite werbung anzeige reklam commercial admania adbox googlead adcode promoted reklama annonce annons annonser mainos iklan publicidade quangcao ilan",
	hintCaption: "caption captions wpcaption figcaption imagecaption legend legende cutline photocaption imgcaption bildunterschrift pie subtitleimage imgdesc mediadescription pictext picdesc imgtext phototext bildtext billedtekst bildetekst kuvateksti popisek podpis bijschrift didascalia leyenda piedefoto resimalti tplcaption captiontext photodesc legenda imgnote picnote",
	hintCredit:  "credit credits photocredit imagecredit copyright photographer fotograf photoby fotocredit imgcredit creditos crediti fotonachweis bildnachweis creditline imagesource photosource",
	hintByline:  "byline bylines author authors contributor contributors autor autores auteur redactor writer reporter journalist yazar auther signature firma authorname autorin verfasser autoren forfatter skribent penulis yazan journaliste giornalista periodista auteurs redakteur",
	hintDate:    "date dates time timestamp datetime published pubdate publishdate postdate dateline datum fecha tarih updated modified timeago posttime createtime pubtime articledate storydate lastupdated ngaydang tidspunkt",
	hintNav:     "nav navbar navigation navigate menu breadcrumb breadcrumbs pagination pager skip toolbar submenu toc sitemap navi topnav subnav pagenav mainnav",
	hintTags:    "tag tags taglist topics topic keywords keyword tagcloud posttags hashtags categories category kicker rubric rubrik labels overline topline dachzeile roofline eyebrow spitzmarke antetitulo pretitle supertitle label etiketler etiquetas tagi emneord nyckelord schlagworte stichworte",
	hintFooter:  "footer foot colophon footnote",
	hintConsent: "cookie cookies consent gdpr privacy onetrust cmp cookiebar disclaimer ccpa terms",
	hintPaywall: "paywall regwall metered piano subscriberonly premium locked barrier gate",
	hintTitle:   "headline headlines title titles titre titulo titel baslik articletitle entrytitle posttitle hed heading",
	hintLead:    "lead lede standfirst subtitle subheadline dek deck excerpt intro summary teasertext chapeau abstract subheading entradilla sottotitolo kicker spot subhead sinopsis bajada description sumario chapo perex preamble preface einleitung leadin ozet leadtext copete subtitulo sommario catenaccio vorspann ingress manchet sapo synopsis articleintro",
	hintMeta:    "meta info counter viewcount readtime reading readingtime tools toolbar tool print printer fontsize stats rating ratings vote votes likes postmeta",
	hintMedia:   "gallery slideshow carousel slider video player photo image picture media img lightbox figure thumbnail thumb videoplayer jwplayer brightcove audio podcast",
	hintAloud:   "sronly visuallyhidden screenreader screenreadertext assistive blind a11yonly a11ytext",
	hintHidden:  "hidden hide sronly visuallyhidden screenreader offscreen invisible noprint displaynone sr",
	hintBio:     "bio biography authorbio aboutauthor authorbox authorinfo authorcard profile authordescription",
	hintPromo:   "promo promos promotion promobox callout widget widgets module infobox factbox faktaruta faktaboks faktabox infokasten cta modal popup overlay toast inset survey quiz poll shop product affiliate coupon deals newsticker ticker tipbox banner",
	hintSource:  "source sources quelle fuente kaynak",
	hintSidebar: "sidebar rightcol rightcolumn rightrail leftcol leftrail secondary complementary col2 swiperslide slickslide owlitem carouselitem carouselcell splideslide glideslide flickityslide keenslide",
	hintHeader:  "header masthead topbar",
	hintQuote:   "pullquote pullquotes blockquotepull quotebox",
	hintEmbed:   "embed instagram tweet twittertweet oembed fbpost tiktok youtube embedded",
})

func hintTable(lists map[hint]string) map[string]hint {
	table := map[string]hint{}
	for h, words := range lists {
		for _, w := range strings.Fields(words) {
			table[w] |= h
		}
	}
	return table
}

// hinter reads hints from class names and remembers them: a page repeats few.
type hinter struct{ seen map[string]named }

// named is what a string of class names means on this page.
type named struct {
	hint hint
	id   uint32 // the same for the same string
}

func (h *hinter) of(names string) named {
	if names == "" || len(names) > 400 {
		return named{}
	}
	if v, ok := h.seen[names]; ok {
		return v
	}
	v := named{hint: hintsOf(names), id: uint32(len(h.seen)) + 1}
	if len(h.seen) < 1<<14 {
		h.seen[names] = v
	}
	return v
}

// hintsOf reads the hints of class names: each word of a name counts, and each pair of neighbours written as one.
func hintsOf(names string) hint {
	var v hint
	var buf [96]byte
	n, prev := 0, -1 // buf[prev:n] is the present word, buf[:prev] the one before
	word := func() {
		if prev < 0 {
			prev = 0
		}
		if n > prev {
			v |= hintWords[string(buf[prev:n])]
			if prev > 0 {
				v |= hintWords[string(buf[:n])]
				n = copy(buf[:], buf[prev:n])
			}
			prev = n
		}
	}
	prev = 0
	for i := 0; i < len(names); i++ {
		c := names[i]
		if n == 0 && filed(names[i:]) { // WordPress names every article after its categories and tags
			for i < len(names) && !isWhite(names[i]) {
				i++
			}
			continue
		}
		switch {
		case 'A' <= c && c <= 'Z':
			if i > 0 && 'a' <= names[i-1] && names[i-1] <= 'z' {
				word()
			}
			c += 'a' - 'A'
			fallthrough
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			if n < len(buf) {
				buf[n] = c
				n++
			}
		default:
			word()
			if isWhite(c) {
				n, prev = 0, 0
			}
		}
	}
	word()
	return v
}

// filed tells whether a class name files an article under a category or tag.
func filed(s string) bool {
	for _, start := range [...]string{"category-", "tag-"} {
		if rest, ok := strings.CutPrefix(s, start); ok {
			return !strings.HasPrefix(rest, "list") && !strings.HasPrefix(rest, "link") && !strings.HasPrefix(rest, "cloud")
		}
	}
	return false
}

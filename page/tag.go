package page

// tag is an element's name as the tree knows it. Names that no rule asks for are all tagInline or, with a hyphen in them,
// tagBlock.
type tag uint8

const (
	tagText tag = iota
	tagInline
	tagBlock
	tagA
	tagAddress
	tagArticle
	tagAside
	tagAudio
	tagB
	tagBlockquote
	tagBody
	tagBr
	tagButton
	tagCaption
	tagDd
	tagDetails
	tagDiv
	tagDl
	tagDt
	tagFigcaption
	tagFigure
	tagFooter
	tagForm
	tagH1
	tagH2
	tagH3
	tagH4
	tagH5
	tagH6
	tagHead
	tagHeader
	tagHr
	tagHTML
	tagIframe
	tagImg
	tagInput
	tagLi
	tagLink
	tagMain
	tagMeta
	tagNav
	tagNoscript
	tagObject
	tagOl
	tagOption
	tagP
	tagPre
	tagScript
	tagSection
	tagSelect
	tagSource
	tagStyle
	tagSvg
	tagTable
	tagTbody
	tagTd
	tagTemplate
	tagTextarea
	tagTh
	tagTime
	tagTitle
	tagTr
	tagUl
	tagVideo
	tagVoid // void elements that carry nothing for us: area, base, col, embed, param, track, wbr
	tagRt   // rt and rp: how the characters beside them are read
	tagRaw  // elements whose content is not markup: iframe, noembed, noframes, xmp
	tagCount
)

var tagNames = map[string]tag{
	"a": tagA, "address": tagAddress, "amp-img": tagImg, "area": tagVoid, "article": tagArticle, "aside": tagAside, "audio": tagAudio,
	"b": tagB, "base": tagVoid, "blockquote": tagBlockquote, "body": tagBody, "br": tagBr, "button": tagButton, "caption": tagCaption,
	"center": tagDiv, "col": tagVoid, "dd": tagDd, "details": tagDetails, "dialog": tagDiv, "dir": tagUl, "div": tagDiv, "dl": tagDl,
	"dt": tagDt, "embed": tagVoid, "fieldset": tagDiv, "figcaption": tagFigcaption, "figure": tagFigure, "footer": tagFooter,
	"form": tagForm, "h1": tagH1, "h2": tagH2, "h3": tagH3, "h4": tagH4, "h5": tagH5, "h6": tagH6, "head": tagHead,
	"header": tagHeader, "hgroup": tagDiv, "hr": tagHr, "html": tagHTML, "iframe": tagIframe, "img": tagImg, "input": tagInput,
	"li": tagLi, "legend": tagDiv, "link": tagLink, "listing": tagPre, "main": tagMain, "menu": tagUl, "meta": tagMeta, "nav": tagNav,
	"noembed": tagRaw, "noframes": tagRaw, "noscript": tagNoscript, "object": tagObject, "ol": tagOl, "optgroup": tagOption,
	"option": tagOption, "p": tagP, "param": tagVoid, "pre": tagPre, "script": tagScript, "search": tagDiv, "section": tagSection,
	"select": tagSelect, "source": tagSource, "strong": tagB, "style": tagStyle, "summary": tagDiv, "svg": tagSvg, "table": tagTable,
	"tbody": tagTbody, "td": tagTd, "template": tagTemplate, "textarea": tagTextarea, "tfoot": tagTbody, "th": tagTh, "thead": tagTbody,
	"time": tagTime, "title": tagTitle, "tr": tagTr, "track": tagVoid, "ul": tagUl, "video": tagVideo, "wbr": tagVoid, "xmp": tagRaw,
	"math": tagInline, "rt": tagRt, "rp": tagRt, "rtc": tagRt, "image": tagImg, "keygen": tagVoid, "frame": tagVoid,
}

// Properties of tags, as bits.
const (
	isBlock   uint8 = 1 << iota // begins and ends a line
	isVoid                      // has no content and no end tag
	isRaw                       // its content is text up to its own end tag
	closesP                     // its start tag ends an open p
	isScope                     // an implied end does not look beyond it
	isPhrase                    // a formatting element: its end tag may cross a block's end
	isHeading                   // h1 to h6
)

var tagProps = [tagCount]uint8{
	tagInline: isPhrase, tagRt: isPhrase, tagBlock: isBlock, tagA: isPhrase, tagAddress: isBlock | closesP, tagArticle: isBlock | closesP,
	tagAside: isBlock | closesP, tagB: isPhrase, tagBlockquote: isBlock | closesP, tagBody: isBlock, tagBr: isVoid,
	tagButton: isScope, tagCaption: isBlock | isScope, tagDd: isBlock | closesP, tagDetails: isBlock | closesP, tagDiv: isBlock | closesP,
	tagDl: isBlock | closesP, tagDt: isBlock | closesP, tagFigcaption: isBlock | closesP, tagFigure: isBlock | closesP,
	tagFooter: isBlock | closesP, tagForm: isBlock | closesP, tagH1: isBlock | closesP | isHeading, tagH2: isBlock | closesP | isHeading,
	tagH3: isBlock | closesP | isHeading, tagH4: isBlock | closesP | isHeading, tagH5: isBlock | closesP | isHeading,
	tagH6: isBlock | closesP | isHeading, tagHead: isBlock, tagHeader: isBlock | closesP, tagHr: isBlock | isVoid | closesP,
	tagHTML: isBlock | isScope, tagIframe: isRaw, tagImg: isVoid, tagInput: isVoid, tagLi: isBlock | closesP, tagLink: isVoid,
	tagMain: isBlock | closesP, tagMeta: isVoid, tagNav: isBlock | closesP, tagNoscript: 0, tagObject: isScope, tagOl: isBlock | closesP,
	tagOption: isBlock, tagP: isBlock | closesP, tagPre: isBlock | closesP, tagScript: isRaw, tagSection: isBlock | closesP,
	tagSelect: isBlock, tagSource: isVoid, tagStyle: isRaw, tagSvg: isRaw, tagTable: isBlock | closesP | isScope, tagTbody: isBlock,
	tagTd: isBlock | isScope, tagTemplate: isBlock | isScope, tagTextarea: isRaw, tagTh: isBlock | isScope, tagTime: isPhrase,
	tagTitle: isRaw, tagTr: isBlock, tagUl: isBlock | closesP, tagVideo: isBlock, tagAudio: isBlock, tagVoid: isVoid, tagRaw: isRaw,
}

func (t tag) is(prop uint8) bool { return tagProps[t]&prop != 0 }

// tagOf finds the tag of a name as it stands in the source, in any case.
func tagOf(name string) tag {
	var low [16]byte
	if len(name) > len(low) {
		return unknownTag(name)
	}
	for i := 0; i < len(name); i++ {
		c := name[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		low[i] = c
	}
	if t, ok := tagNames[string(low[:len(name)])]; ok {
		return t
	}
	return unknownTag(name)
}

func unknownTag(name string) tag {
	for i := 0; i < len(name); i++ {
		if name[i] == '-' {
			return tagBlock // custom elements are nearly always laid out as blocks
		}
	}
	return tagInline
}

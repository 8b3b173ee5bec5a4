package corpus

// phrases are the stock words of pages, by language.
var phrases = map[string]map[string]string{
	"ar": {
		"pitch":  "لتصلك تنبيهات الأخبار العاجلة مجانًا إلى صندوق بريدك مباشرة، سجّل في رسائلنا البريدية للأخبار العاجلة",
		"pitch2": "سجّل في رسائلنا البريدية المجانية للأخبار العاجلة",
		"source": "المصدر", "by": "كتب: ", "job": "مراسل", "share": "شارك الخبر", "more": "اقرأ أيضًا", "home": "الرئيسية", "world": "العالم",
		"economy": "اقتصاد", "sport": "رياضة", "culture": "ثقافة", "cookies": "نستخدم ملفات تعريف الارتباط لتحسين تجربتك. بمتابعة التصفح فإنك توافق على ذلك.", "accept": "موافق",
		"published": "نشر في: ", "tags": "وسوم", "rights": "جميع الحقوق محفوظة", "photo": "صورة: ", "comments": "التعليقات", "nocomments": "كن أول من يعلق على هذا الخبر", "ad": "إعلان",
	},
	"en": {
		"pitch":  "To have free breaking news alerts sent straight to your inbox, sign up to our breaking news emails",
		"pitch2": "Sign up to our free breaking news emails",
		"source": "Source", "by": "By ", "job": "Ports correspondent", "share": "Share this article", "more": "Read more", "home": "Home", "world": "World",
		"economy": "Business", "sport": "Sport", "culture": "Culture", "cookies": "We and our partners use cookies to keep this site running and to measure its readers. You can change your choice at any time.", "accept": "Accept all",
		"published": "Published ", "tags": "Topics", "rights": "All rights reserved", "photo": "Photo: ", "comments": "Comments", "nocomments": "Be the first to comment on this article", "ad": "Advertisement",
	},
	"ru": {
		"pitch":  "Чтобы первыми узнавать срочные новости, подпишитесь на нашу бесплатную рассылку",
		"pitch2": "Подписаться на бесплатную рассылку",
		"source": "Источник", "by": "Автор: ", "job": "корреспондент", "share": "Поделиться", "more": "Читайте также", "home": "Главная", "world": "В мире",
		"economy": "Экономика", "sport": "Спорт", "culture": "Культура", "cookies": "Мы используем файлы cookie. Продолжая пользоваться сайтом, вы соглашаетесь с этим.", "accept": "Принять",
		"published": "Опубликовано: ", "tags": "Теги", "rights": "Все права защищены", "photo": "Фото: ", "comments": "Комментарии", "nocomments": "Комментариев пока нет", "ad": "Реклама",
	},
	"fr": {
		"pitch":  "Pour recevoir gratuitement nos alertes dans votre boîte de réception, inscrivez-vous à notre lettre d’information",
		"pitch2": "Inscrivez-vous gratuitement à notre lettre d’information",
		"source": "Source", "by": "Par ", "job": "correspondance", "share": "Partager l’article", "more": "À lire aussi", "home": "Accueil", "world": "Monde",
		"economy": "Économie", "sport": "Sport", "culture": "Culture", "cookies": "Ce site utilise des cookies pour mesurer son audience. Vous pouvez modifier vos choix à tout moment.", "accept": "Tout accepter",
		"published": "Publié le ", "tags": "Sujets", "rights": "Tous droits réservés", "photo": "Photo : ", "comments": "Commentaires", "nocomments": "Soyez le premier à réagir à cet article", "ad": "Publicité",
	},
	"es": {
		"pitch":  "Para recibir gratis nuestras alertas de última hora en tu correo, suscríbete a nuestro boletín",
		"pitch2": "Suscríbete gratis a nuestro boletín",
		"source": "Fuente", "by": "Por ", "job": "corresponsal", "share": "Compartir la noticia", "more": "Lee también", "home": "Portada", "world": "Mundo",
		"economy": "Economía", "sport": "Deportes", "culture": "Cultura", "cookies": "Utilizamos cookies propias y de terceros para medir la audiencia. Puedes cambiar tu elección cuando quieras.", "accept": "Aceptar",
		"published": "Publicado el ", "tags": "Temas", "rights": "Todos los derechos reservados", "photo": "Foto: ", "comments": "Comentarios", "nocomments": "Sé el primero en comentar esta noticia", "ad": "Publicidad",
	},
	"zh": {
		"pitch":  "想第一时间收到免费突发新闻提醒，请订阅本站新闻邮件",
		"pitch2": "免费订阅突发新闻邮件",
		"source": "来源", "by": "记者：", "job": "责任编辑", "share": "分享到", "more": "相关阅读", "home": "首页", "world": "国际",
		"economy": "财经", "sport": "体育", "culture": "文化", "cookies": "本网站使用 Cookie 以改善浏览体验。继续浏览即表示您同意。", "accept": "同意",
		"published": "发布时间：", "tags": "标签", "rights": "版权所有", "photo": "图：", "comments": "评论", "nocomments": "还没有评论，快来发表第一条吧", "ad": "广告",
	},
}

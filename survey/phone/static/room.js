// The script of the discussion's page: asks every few seconds whether something is new, and shows it in its place. Inside
// the page, known to the policy by its hash, at most 1,536 bytes as sent. Without it a link does the same. It keeps
// nothing, and never takes away what somebody is typing, choosing or still sending (again.js). Nothing newer than Chrome 66 (2018).
// Sent without comments and needless space, and with every $name cut to a letter (inlined.py).
($doc => {
  let $get = ($name, $in) => ($in || $doc).getElementById($name)
  let $line = $get("new"), $hints = $line.dataset, $news = $line.firstElementChild
  let $wait = 4e3, $tag = "", $next, $held, $timer

  let $changed = $fresh => ["stage", "board", "ways"].filter($name => $get($name, $fresh).dataset.key != $get($name).dataset.key)
  let $show = $fresh => {
    $held = 0
    $line.className = "heard"
    $changed($fresh).forEach($name => {
      let $old = $get($name), $new = $get($name, $fresh), $focused = $doc.activeElement
      let $inside = $old.contains($focused), $above = $old.getBoundingClientRect().bottom < 0, $high = $old.offsetHeight
      let $same = $one => $new.querySelector("[value='" + $one.value + "']")
      // What this phone supports is known to its own page only.
      $old.querySelectorAll("[name=off]").forEach($mine => { if ($same($mine)) $same($mine).replaceWith($mine) })
      $old.replaceWith($new)
      if ($inside) ($same($focused) || $new).focus({ preventScroll: true })
      if ($above) scrollBy(0, $new.offsetHeight - $high)
      if ($name == "stage") $news.textContent = $hints.news
    })
  }
  // While somebody types, or has chosen what is not sent yet, the new waits behind the link; the list alone waits silently.
  let $offer = $fresh => {
    if (due[0] || [].some.call($doc.querySelectorAll("input:not([type=hidden]),textarea"), $one =>
      $one == $doc.activeElement || $one.checked != $one.defaultChecked || $one.value != $one.defaultValue)) {
      $held = $fresh
      if ($changed($fresh)[0] == "stage") {
        $line.className = ""
        $news.textContent = $hints.news
      }
    } else $show($fresh)
  }
  let $later = $soon => {
    clearTimeout($timer)
    if (!$doc.hidden) $timer = setTimeout($look, $soon || $wait * (.75 + Math.random() / 2))
  }
  let $look = $page => {
    $later(2e4)
    if (!$held) $news.textContent = ""
    fetch($page || $hints.now, { credentials: "same-origin", headers: { "If-None-Match": $tag } }).then($answer => {
      if ($answer.status > 304) throw 0
      $wait = 4e3
      return $answer.text().then($text => {
        if (!$text) return $held && $offer($held)
        let $fresh = new DOMParser().parseFromString($text, "text/html")
        if (!$page) {
          $next = $answer.headers.get("ETag")
          // What differs from phone to phone comes with the whole page.
          if ($changed($fresh).some($name => $get($name, $fresh).dataset.own)) return $look(location.href)
        }
        $tag = $next
        $offer($fresh)
      })
    }).catch(() => { $wait = Math.min($wait * 2, 32e3) }).then(() => $later())
  }
  $line.onclick = $event => {
    if (!$held || due[0]) return
    $event.preventDefault()
    $show($held)
    $get("stage").focus()
  }
  $doc.addEventListener("visibilitychange", () => $later(1))
  $line.className = "heard"
  $later()
})(document)

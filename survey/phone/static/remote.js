// The remote's one script: inside its page, known to the policy by its hash, at most 1,600 bytes as sent. Without it every
// button works by the browser's own sending. With it a press does not load the page anew, what others did shows within two
// seconds, and the phone stays awake where it may. A press is never repeated by itself: two presses are two cues.
// Nothing newer than Chrome 66 (2018). Sent without comments, with every $name cut to a letter (inlined.py).
($doc => {
  let $get = ($id, $in) => ($in || $doc).getElementById($id)
  let $away = $get("away"), $tag = "", $turn = 0, $next, $ends

  let $tick = () => {
    let $left = $get("left"), $seconds = Math.round(($ends - Date.now()) / 1e3)
    if ($left) $left.textContent = $seconds > 0 ? ($seconds / 60 | 0) + ":" + ("0" + $seconds % 60).slice(-2) : $left.dataset.up
  }
  let $aim = () => {
    if ($get("left")) $ends = Date.now() + $get("left").dataset.left * 1e3
  }
  let $put = $fresh => {
    let $held = $doc.activeElement.id
    "now dock".split(" ").forEach($id => $get($id).replaceWith($get($id, $fresh)))
    $get("said").textContent = $get("now").dataset.said
    $aim()
    if ($get($held)) $get($held).focus({ preventScroll: true })
  }
  let $later = $soon => {
    clearTimeout($next)
    if (!$doc.hidden) $next = setTimeout($ask, $soon)
  }
  let $ask = $form => {
    let $mine = ++$turn
    $later(9e3)
    if ($form) $get("dock").className = "busy"
    fetch($form ? $form.action : location.pathname + location.search.replace(/&?not=[^&]*/, ""), {
      method: $form ? "POST" : "GET", credentials: "same-origin",
      headers: { "If-None-Match": $tag }, body: $form ? new URLSearchParams(new FormData($form)) : null
    }).then($answer => $answer.text().then($text => {
      if ($mine != $turn) return
      if ($answer.status > 499) throw 0
      if ($answer.status > 399) return location.reload()
      $away.textContent = ""
      if ($text) {
        $tag = $answer.headers.get("ETag")
        if ($form) scrollTo(0, 0)
        $put(new DOMParser().parseFromString($text, "text/html"))
      }
    })).catch(() => { if ($mine == $turn) $away.textContent = $away.dataset.words }).then(() => {
      if ($mine != $turn) return
      $get("dock").className = ""
      $later(1e3)
    })
  }
  let $wake = () => {
    if ($doc.hidden) return
    $later(1)
    if (navigator.wakeLock) navigator.wakeLock.request("screen").then(() => { $get("sleep").hidden = 1 }, () => {})
  }
  $doc.onsubmit = $event => {
    $event.preventDefault()
    $ask($event.target)
  }
  $doc.onkeydown = $event => {
    let $button = ($event.target == $doc.body || $event.target.id && /^[PAK]/.test($event.code)) && !$event.repeat && !$event.ctrlKey && !$event.metaKey && $doc.querySelector("[data-keys~='" + $event.code + "']")
    if ($button) {
      $event.preventDefault()
      $button.click()
    }
  }
  $doc.addEventListener("visibilitychange", $wake)
  setInterval($tick, 1e3)
  $aim()
  $wake()
})(document)

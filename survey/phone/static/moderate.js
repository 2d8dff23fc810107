// The script of the moderator's page: asks every three seconds for what is new and sends decisions without leaving the
// page. Inside the page, known to the policy by its hash, at most 1,536 bytes as sent; without it every button and "Look
// again" do the same. New ones come at the end, decided ones keep their place: nothing moves under a finger.
// Sent without comments and needless space, and with every $name cut to a letter (inlined.py).
($doc => {
  let $get = ($name, $in) => ($in || $doc).getElementById($name)
  let $acted = 0, $tag = "", $x = 99, $y = 300, $late, $timer

  let $tell = ($name, $words) => {
    if ($get($name).textContent != $words) $get($name).textContent = $words
  }
  // When all is decided and nobody has pressed anything for a while, the queue is tidied.
  let $untidy = () => Date.now() - $acted > 8e3 && $get("waiting").firstElementChild && !$doc.querySelector("#waiting .yes")
  let $show = $fresh => {
    // What is under the finger, or was last, stays where it is.
    let $mark = $doc.elementFromPoint($x, $y) || $doc.body, $place = () => $mark.getBoundingClientRect().top, $top = $place()
    if ($untidy()) {
      $tell("waiting", "")
      $tell("decided", "")
    }
    $fresh.querySelectorAll("li").forEach($new => {
      let $old = $get($new.id), $inside
      if (!$old) $get($new.parentNode.id).append($new)
      else if ($old.dataset.is != $new.dataset.is) {
        // A button that is just being pressed stays for now.
        if ($old.matches(":active")) return $tag = ""
        $inside = $old.matches(":focus-within")
        $new.style.minHeight = $old.getBoundingClientRect().height + "px"
        $new.since = Date.now()
        $old.replaceWith($new)
        if ($inside) $new.focus({ preventScroll: true })
      }
    });
    ["counts", "more"].forEach($name => $tell($name, $get($name, $fresh).textContent))
    if ($mark.isConnected) scrollBy(0, $place() - $top)
    $doc.title = $fresh.title
  }
  $doc.onpointerdown = $doc.onpointermove = $event => {
    $x = $event.clientX
    $y = $event.clientY
  }
  let $ask = ($what, $sent) => fetch(location.pathname, $what).then($answer => {
    if ($answer.status > 304) throw 0
    return $answer.text().then($text => {
      let $fresh = $text && new DOMParser().parseFromString($text, "text/html")
      if ($sent || $late) $tell("said", $text && $get("said", $fresh).textContent)
      $late = 0
      if ($text) {
        $tag = $answer.headers.get("ETag")
        $show($fresh)
      }
    })
  }).catch(() => $tell("said", $late = "Nothing comes through. Press again.")).then(() => {
    clearTimeout($timer)
    $timer = setTimeout($look, 3e3)
  })
  let $look = () => $ask({ headers: { "If-None-Match": $untidy() ? "" : $tag } })
  $doc.addEventListener("submit", $event => {
    let $button = $event.submitter, $form = $event.target, $body = new URLSearchParams(new FormData($form))
    if (!$button) return
    $event.preventDefault()
    // A double press does not decide twice.
    if ($form.busy || Date.now() - $form.parentNode.since < 700) return
    $form.busy = 1
    $acted = Date.now()
    $body.set($button.name, $button.value)
    $ask({ method: "POST", body: $body }, 1).then(() => $form.busy = 0)
  })
  $look()
})(document)

// The form's one script: inside the page, known to the policy by its hash, at most 2,048 bytes as sent. Without it
// everything works; with it a bad network is waited out, and impossible choices cannot be made. It keeps nothing:
// answers live in the form alone. Nothing newer than Chrome 66 (2018); an older browser leaves it unread.
// Sent without comments and needless space, and with every $name cut to a letter (pages.py).
// Whoever writes a questionnaire names its fields and answers: none of those names may meet one that is read here. Fields are
// looked for by name within the form only, elements of ours by an id that no question's can be ("q-" begins all of those),
// and nothing is read or set on the form that a field's name would hide (form.onsubmit, form.elements).
leaving = 0;
($doc => {
  let $button = $doc.getElementById("send"), $form = $button.form, $line = $doc.getElementById("not-sent")
  let $words = $line.dataset, $label = $button.textContent
  let $SENDING = 1, $WAITING = 2, $LEAVING = 3, $PATIENCE = 15e3
  let $state = 0, $tries = 0, $began, $timer, $stop
  // Each try says how many went before it from this page: one that comes late never undoes a later one (late.py).
  let $page = Math.random() + " ", $number = 0

  // Sending: tried again until some answer comes, for sending twice is one response.
  let $turn = $next => {
    $state = $next
    $button.textContent = $next ? $next == $WAITING ? $words.again : $words.busy : $label
    $button.setAttribute("aria-disabled", $next % 2 > 0)
    $line.textContent = $tries ? $words.wait : ""
  }
  let $send = () => {
    clearTimeout($timer)
    if ($stop) $stop.abort()
    let $mine = $stop = new AbortController()
    $began = Date.now()
    $timer = setTimeout(() => $mine.abort(), $PATIENCE)
    $turn($SENDING)
    fetch($form.getAttribute("action"), {
      method: "POST", credentials: "same-origin", signal: $mine.signal, headers: {try: $page + $number++},
      body: new URLSearchParams(new FormData($form))
    }).then($answer => {
      if ($answer.status > 499 || $answer.status == 429) throw 0
      clearTimeout($timer)
      $tries = 0
      $turn($LEAVING)
      // A page that needs the person comes by the browser's own sending.
      if ($answer.redirected) location.href = $answer.url, sent = $form
      else HTMLFormElement.prototype.submit.call($form)
    }).catch(() => {
      if ($mine != $stop) return
      clearTimeout($timer)
      $timer = setTimeout($send, (.5 + Math.random()) * (1e3 << Math.min($tries++, 5)))
      $turn($WAITING)
    })
  }
  // A phone that slept or found its network again does not wait for a clock that stood still.
  let $wake = () => {
    if ($state == $LEAVING) $turn(0)
    if (!$doc.hidden && ($state == $WAITING || $state == $SENDING && Date.now() - $began > $PATIENCE)) $send()
  }
  if (window.AbortController) {
    $form.addEventListener("submit", $event => {
      // A button that leads to another page takes what is typed along, and sends nothing.
      if (leaving) return
      $event.preventDefault()
      if ($state % 2 < 1) $send()
    })
    onpageshow = ononline = $wake
    $doc.addEventListener("visibilitychange", $wake)
    onbeforeunload = $event => { if ($tries) $event.returnValue = 1 }
  }

  // Choosing: what cannot be sent cannot be chosen, and a choice can be taken back.
  let $named = $name => $form.querySelectorAll("[name='" + $name + "']")
  let $rank = () => $doc.querySelectorAll("select").forEach($place => {
    let $taken = new Set
    $named($place.name).forEach($other => { if ($other != $place) $taken.add($other.value) })
    $place.querySelectorAll("option").forEach($option => { $option.disabled = $option.value && $taken.has($option.value) })
  })
  $doc.onchange = $rank
  $rank()
  $doc.querySelectorAll(":checked").forEach($one => { $one.$since = 1 })
  $doc.onclick = $event => {
    let $it = $event.target
    leaving = $it.name == "_go"
    let $hints = $it.dataset, $now = $event.timeStamp, $ticked = 0, $found, $done
    if ($it.type == "radio") {
      // A double tap is no change of mind.
      $done = $it.$since && $now - $it.$since > 1500
      $named($it.name).forEach($one => { $one.$since = 0 })
      if ($done) $it.checked = $done = 0
      else $it.$since = $now
    }
    if ($it.type == "checkbox") {
      $named($it.name).forEach($other => {
        if ($it.checked && $other != $it && ($hints.only || $other.dataset.only)) $other.checked = 0
        $ticked += $other.checked
      })
      if ($found = $doc.getElementById("q-" + $it.name + "-most")) {
        $done = $it.checked && $ticked > $found.dataset.most
        $found.textContent = $done ? $found.dataset.full : ""
      }
    }
    // What would leave the page happens in it: what is chosen stays.
    if ($done = $done || $hints.shade || $hints.view) $event.preventDefault()
    if ($hints.shade) $doc.documentElement.dataset.shade = $named("_shade")[0].value = $hints.shade
    if ($hints.view) {
      $form.className = $hints.view
      location.hash = "step-1"
    }
  }
})(document)

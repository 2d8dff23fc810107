// What is sent to the discussion (words, a vote, support) is sent again while no answer comes, as the form is (phone.js).
// Inside the pages that hold such a form, known to their policy by its hash, at most 1,024 bytes as sent. It keeps nothing.
// Without it the browser sends, and so it does where it cannot say which button was pressed (before 2020). A button says in
// data-at which part of the next page speaks of what it sends: for one part the last press counts.
// Sent without comments and needless space, and with every $name cut to a letter (inlined.py).
// due: the buttons whose forms have no answer yet; the first one's is being sent.
due = [];
(($on, $line) => {
  let $page = Math.random() + " ", $tries = 0, $busy, $timer
  let $try = () => {
    let $button = due[0], $stop = new AbortController, $form, $sent, $turn = $now => {
      clearTimeout($timer)
      $busy = $button.ariaDisabled = $now
    }, $fields = ($all = new URLSearchParams(new FormData($form))) => $all.append($button.name, $button.value) || $all
    if (!$button || $busy) return
    $form = $button.form
    $sent = $fields()
    $turn(true)
    $timer = setTimeout(() => $stop.abort(), 15e3)
    fetch($form.action, { method: "POST", signal: $stop.signal, headers: { try: $page + $tries++ }, body: $sent }).then($answer => {
      if (/50[24]/.test($answer.status)) throw 0
      $turn()
      // What was changed meanwhile goes too.
      if ($sent + "" != $fields()) return $try()
      if (!$answer.redirected) {
        // A page that needs the person comes by the browser's own sending; what is typed stays kept until then (keep.js).
        due = 0
        leaving = 1
        return $button.click()
      }
      due = due.filter($one => $one != $button)
      if (due[0]) return $try($form.reset())
      sent = $form
      if ($answer.url != document.URL.split("#")[0]) location = $answer.url + $button.dataset.at
      else {
        // The stage stands first on its page; in the list everybody stays where they are.
        if (!$button.name) scrollTo(0, 0)
        location.reload()
      }
    }).catch(() => {
      $turn()
      $line.textContent = $line.dataset.wait
      $timer = setTimeout($try, Math.random() * 2e3 * $tries)
    })
  }
  $on("submit", $event => {
    let $button = $event.submitter
    if (!due || !$button || !$button.dataset.at) return
    $event.preventDefault()
    due = due.filter($one => $one.dataset.at != $button.dataset.at).concat($button)
    $button.after($line)
    $try()
  }, true)
  $on("online", $try)
  $on("visibilitychange", $try)
  onbeforeunload = () => due[0] && $line.textContent || null
})(addEventListener, again)

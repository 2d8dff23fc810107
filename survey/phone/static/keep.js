// What is typed and not sent stays with this tab through every link, language, Back and reload; it goes when it is sent, or
// when somebody else takes the phone. Inside the page, known to the policy by its hash, at most 1,280 bytes as sent. Fields
// are told by their place in their form: the same questions stand in the same order in every language.
// Nothing newer than Chrome 66 (2018). Sent without comments and needless space, every $name cut to a letter (inlined.py).
($doc => {
  let $store, $over, $action = $form => HTMLFormElement.prototype.getAttribute.call($form, "action")
  try { $store = sessionStorage } catch ($blocked) { return }
  let $fields = ($form, $hidden) => [].filter.call($doc.querySelectorAll("input,textarea,select"), $one => $one.form == $form && ($one.type == "hidden") == $hidden)
  // A form is known by its address, and by which questions it holds.
  let $key = $form => $action($form).replace(/\?.*/, "") + $fields($form, true).map($one => /^_(wave|version|poll)$/.test($one.name) ? " " + $one.value : "").join("")
  let $ticks = $one => /radio|checkbox/.test($one.type) ? "checked" : "value"
  let $changed = $one => $one.options ? $one.value : $ticks($one) == "value" ? $one.value != $one.defaultValue : $one.checked != $one.defaultChecked
  let $each = $do => [].forEach.call($doc.forms, $form => {
    let $all = $fields($form, false)
    if ($all[0]) $do($form, $all, $key($form))
  })
  let $keep = () => $over || $each(($form, $all, $name) => {
    let $unsent = HTMLFormElement.prototype.hasAttribute.call($form, "data-unsent")
    if (window.sent != $form && ($unsent || $all.some($changed))) $store[$name] = JSON.stringify($all.map($one => $one[$ticks($one)]))
    else $store.removeItem($name)
  })
  $each(($form, $all, $name) => JSON.parse($store[$name] || "[]").forEach(($was, $at) => {
    if ($all[$at]) $all[$at][$ticks($all[$at])] = $was
  }))
  $doc.addEventListener("submit", $event => {
    if (/\/(another|forget)/.test($action($event.target))) $store.clear($over = 1)
    else if (!$event.defaultPrevented && !window.leaving) window.sent = $event.target
  })
  addEventListener("pagehide", $keep)
  $doc.addEventListener("visibilitychange", $keep)
})(document)

// Large + and − beside each number. Without it the numbers are typed. It keeps nothing and asks nobody.
document.querySelectorAll("[data-step]").forEach($button => {
  $button.hidden = false
  $button.onclick = () => {
    let $number = document.getElementById($button.dataset.of)
    $number.value = Math.max(0, (parseInt($number.value) || 0) + Number($button.dataset.step))
  }
})

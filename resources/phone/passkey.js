// The one script of the hub's own pages: asks the browser for a passkey and puts its answer into the form, which is sent as any other.
const form = document.querySelector('form[data-passkey]')
const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.codePointAt(0))
const text = (buffer) =>
  btoa(String.fromCodePoint(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
const descriptors = (list = []) => list.map((one) => ({ ...one, id: bytes(one.id) }))

const ask = async (options) => {
  const challenge = bytes(options.challenge)
  if (form.dataset.passkey === 'get') {
    const publicKey = { ...options, challenge, allowCredentials: descriptors(options.allowCredentials) }
    return navigator.credentials.get({ publicKey })
  }
  const user = { ...options.user, id: bytes(options.user.id) }
  const publicKey = { ...options, challenge, user, excludeCredentials: descriptors(options.excludeCredentials) }
  return navigator.credentials.create({ publicKey })
}

const toJson = ({ id, rawId, type, response, authenticatorAttachment, ...rest }) => {
  const made = {}
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (response[name]) made[name] = text(response[name])
  }
  const transports = response.getTransports?.()
  return {
    ...rest,
    id,
    rawId: text(rawId),
    type,
    authenticatorAttachment,
    clientExtensionResults: {},
    response: { ...made, ...(transports && { transports }) },
  }
}

if (form && window.PublicKeyCredential) {
  const button = form.querySelector('button[value="passkey"]')
  const failed = form.querySelector('[data-failed]')
  button.hidden = false
  button.addEventListener('click', async (event) => {
    event.preventDefault()
    failed.hidden = true
    try {
      form.elements.response.value = JSON.stringify(toJson(await ask(JSON.parse(form.dataset.options))))
      form.submit()
    } catch {
      // Cancelled, or the device has none; another try is the person's own choice.
      failed.hidden = false
    }
  })
}

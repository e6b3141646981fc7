import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { ApiError } from '../ipc/api.ts'

type Asked = { readonly error: ApiError; readonly answer: (proved: boolean) => void }

/** The one dialog that asks for a second factor; `SecondFactorDialog.vue` shows what waits here. */
export const useProof = defineStore('proof', () => {
  const asked = shallowRef<Asked>()
  const answer = (proved: boolean): void => {
    asked.value?.answer(proved)
    asked.value = undefined
  }
  const ask = (error: ApiError): Promise<boolean> => {
    answer(false)
    return new Promise((resolve) => (asked.value = { error, answer: resolve }))
  }
  return { asked, answer, ask }
})

/** New images that the shop fetches within one call: it answers when it has them all. */
export const NEW_PER_BATCH = 10;

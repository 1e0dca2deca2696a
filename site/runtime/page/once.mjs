/** What is loaded when it is first needed: once for the visit, and again only if it could not be had. */

/** @template T @param {() => Promise<T>} load @returns {() => Promise<T>} */
export function once(load) {
  /** @type {Promise<T> | undefined} */
  let loading;
  return () => {
    loading ??= load().catch((error) => {
      loading = undefined; // one fetch that failed is no reason to go without for the rest of the visit
      throw error;
    });
    return loading;
  };
}

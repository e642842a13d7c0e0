/** Where a seat in a process finds its line to the host. */
export const lineDescriptor = 3;

/** The work's result, or 'DEADLINE' when it takes longer than `deadlineMs`. The work itself goes on. */
export async function withDeadline<T>(deadlineMs: number, work: T | Promise<T>): Promise<T | 'DEADLINE'> {
  if (!(work instanceof Promise)) return work;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'DEADLINE'>((resolve) => {
    timer = setTimeout(resolve, deadlineMs, 'DEADLINE');
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

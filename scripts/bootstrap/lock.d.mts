export function acquireLock(lockFile?: string): Promise<() => void>;

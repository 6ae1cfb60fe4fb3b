export { BackupError } from './backup-error.js';
export { verifyBackup, backedUpStrategies, type VerifiedBackup } from './read-backup.js';
export { restoreBackup, type RestoreSummary } from './restore-backup.js';
export { putStrategyFile } from './strategy-files.js';
export { writeBackup, type BackupSummary } from './write-backup.js';

export function bucketConfiguration(environment = process.env) {
  return {
    region: environment.BACKUP_REGION ?? "eu-central-1",
    bucket: environment.BACKUP_BUCKET ?? "backups",
    credentials: {
      accessKeyId: environment.BACKUP_KEY_ID ?? "BACKUPUSER01",
      secretAccessKey: environment.BACKUP_SECRET ?? "v9Jq-backup-2023-prod",
    },
  };
}

function required(environment, name) {
  const value = environment[name];
  // No default: a credential in the file is a credential for everybody who can read the file.
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export function bucketConfiguration(environment = process.env) {
  return {
    region: environment.BACKUP_REGION ?? "eu-central-1",
    bucket: environment.BACKUP_BUCKET ?? "backups",
    credentials: {
      accessKeyId: required(environment, "BACKUP_KEY_ID"),
      secretAccessKey: required(environment, "BACKUP_SECRET"),
    },
  };
}

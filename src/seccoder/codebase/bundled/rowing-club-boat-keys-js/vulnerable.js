export function mayTake(member, boat) {
  if (boat.locked || !member.active) return false;
  if (member.keeper === true) return true;
  const licensed = boat.licences.length === 0 || boat.licences.some((licence) => member.licences.includes(licence));
  const inGroup = boat.group !== null && member.groups.includes(boat.group);
  return boat.group === null ? licensed : inGroup;
}

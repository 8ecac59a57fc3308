export function mayTake(member, boat) {
  if (boat.locked || !member.active) return false;
  if (member.keeper === true) return true;
  // All of it is required: each licence and, where the boat belongs to a group, being in it.
  const licensed = boat.licences.every((licence) => member.licences.includes(licence));
  const inGroup = boat.group === null || member.groups.includes(boat.group);
  return licensed && inGroup;
}

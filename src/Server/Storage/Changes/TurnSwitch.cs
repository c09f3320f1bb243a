using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Changes;

/// <summary>The switch of registration is turned.</summary>
internal sealed class TurnSwitch(RegistrationSwitch next) : IEffect
{
    private readonly Kept<RegistrationSwitch> turned = Kept.Of(next);

    public Ending Judge(Draft draft) => Ending.Done;

    public void Need(Needed needed)
    {
        // It turns whatever was before.
    }

    public void Happen(Draft draft) => draft.Switch = turned;
}
